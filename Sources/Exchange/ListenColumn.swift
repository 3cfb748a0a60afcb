/// What a file of listens can say of one.
enum ListenColumn: Int, ImportColumn {
    case timestamp, startedAt, endedAt, artist, title, album, heardMs, durationMs, durationS, skipped, speakerName, uri,
        source, eventID

    /// Names in files.
    ///
    /// Their meaning is the same wherever they stand, so a file's origin need not be known.
    static let names: [String: Self] = [
        // Haunt's own.
        "timestamp": .timestamp, "artist": .artist, "title": .title, "album": .album, "ms_played": .heardMs,
        "duration_ms": .durationMs, "skipped": .skipped, "speaker_name": .speakerName, "uri": .uri, "source": .source,
        "event_id": .eventID,
        // Spotify's account data, and its extended streaming history.
        "endTime": .endedAt, "artistName": .artist, "trackName": .title, "msPlayed": .heardMs,
        "ts": .endedAt, "master_metadata_track_name": .title, "master_metadata_album_artist_name": .artist,
        "master_metadata_album_album_name": .album, "spotify_track_uri": .uri,
        // ListenBrainz.
        "listened_at": .startedAt, "track_metadata.track_name": .title, "track_metadata.artist_name": .artist,
        "track_metadata.release_name": .album, "track_metadata.additional_info.duration_ms": .durationMs,
        "track_metadata.additional_info.duration": .durationS,
        // What Haunt adds when it writes that form.
        "track_metadata.additional_info.ms_played": .heardMs, "track_metadata.additional_info.skipped": .skipped,
        "track_metadata.additional_info.speaker_name": .speakerName, "track_metadata.additional_info.uri": .uri,
        "track_metadata.additional_info.source": .source, "track_metadata.additional_info.event_id": .eventID,
        // Last.fm's API, and the programs that export from it.
        "uts": .startedAt, "date": .startedAt, "date.uts": .startedAt, "track": .title, "name": .title,
        "artist.#text": .artist, "artist.name": .artist, "album.#text": .album,
    ]

    var name: String {
        switch self {
        case .timestamp: "timestamp"
        case .startedAt, .endedAt: "the time"
        case .artist: "artist"
        case .title: "title"
        case .album: "album"
        case .heardMs: "ms_played"
        case .durationMs: "duration_ms"
        case .durationS: "duration"
        case .skipped: "skipped"
        case .speakerName: "speaker_name"
        case .uri: "uri"
        case .source: "source"
        case .eventID: "event_id"
        }
    }

    /// What the first line of CSV must have, or be.
    static let headers = CSVHeaders<Self>(
        missing: { columns in
            let hasTime = !columns.isDisjoint(with: [timestamp, startedAt, endedAt].map(\.rawValue))
            guard !hasTime || !columns.isSuperset(of: [artist.rawValue, title.rawValue]) else { return nil }
            return "the first line must name the columns timestamp, artist and title, or those of a known export"
        },
        withoutHeader: { texts in
            // One exporter of Last.fm writes artist, album, title and time, and no header.
            guard texts.count == 4, ExportTime.date(from: .text(texts[3])) != nil else { return nil }
            return [.artist, .album, .title, .startedAt]
        })
}

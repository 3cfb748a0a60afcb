import Foundation
public import Household
import Wire

/// Parses a file of listens: Haunt's CSV, or an export of Spotify, Last.fm or ListenBrainz.
///
/// It recognises the program by the names of the columns.
public typealias ListenFileParser = FileParser<ImportedListen>

extension ListenFileParser {
    /// Creates a parser for one file.
    public init() { self.init(ImportReader<ListenColumn>()) }
}

/// The columns of a file of listens.
private enum ListenColumn: Int, ImportColumn {
    case timestamp, startedAt, endedAt, artist, title, album, heardMs, durationMs, durationS, skipped, speakerName, uri,
        source, eventID, nowPlaying

    /// A name means the same in the files of all programs, so the program need not be known.
    static let names: [String: Self] = [
        // Haunt.
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
        // What ListenFileWriter adds to ListenBrainz's format.
        "track_metadata.additional_info.ms_played": .heardMs, "track_metadata.additional_info.skipped": .skipped,
        "track_metadata.additional_info.speaker_name": .speakerName, "track_metadata.additional_info.uri": .uri,
        "track_metadata.additional_info.source": .source, "track_metadata.additional_info.event_id": .eventID,
        // Last.fm's API, and the programs that export from it.
        "uts": .startedAt, "date": .startedAt, "date.uts": .startedAt, "track": .title, "name": .title,
        "@attr.nowplaying": .nowPlaying, "artist.#text": .artist, "artist.name": .artist, "album.#text": .album,
    ]

    var name: String {
        switch self {
        case .startedAt, .endedAt: "the time"
        case .heardMs: "ms_played"
        case .durationMs: "duration_ms"
        case .durationS: "duration"
        case .speakerName: "speaker_name"
        case .eventID: "event_id"
        case .nowPlaying: "nowplaying"
        case .timestamp, .artist, .title, .album, .skipped, .uri, .source: "\(self)"
        }
    }

    static func missing(from columns: Set<Self>) -> String? {
        let hasTime = !columns.isDisjoint(with: [.timestamp, .startedAt, .endedAt])
        guard !hasTime || !columns.isSuperset(of: [.artist, .title]) else { return nil }
        return "the first line must name the columns timestamp, artist and title, or those of a known export"
    }

    static func columns(ofFirstRow texts: [String]) -> [Self]? {
        // One exporter of Last.fm writes artist, album, title and time without a header.
        guard texts.count == 4, ImportField.text(texts[3]).date != nil else { return nil }
        return [.artist, .album, .title, .startedAt]
    }

    static func value(of row: inout ImportRow<Self>) throws(ImportProblem) -> ImportedListen? {
        // The first row of Last.fm is what plays now, which was not heard yet.
        if row[.nowPlaying]?.bool == true, row[.startedAt] == nil { return nil }
        guard let title = try row.text(.title) else {
            // Spotify's history has podcasts and audio books in it, which have no track.
            guard row[.endedAt] == nil else { return nil }
            throw row.problem(.title, "is missing")
        }
        // Outcome and start depend on it, so a row is nothing without it.
        let heardS = try row.number(.heardMs, in: 0...Limits.playedS * 1000).map { $0 / 1000 }
        return ImportedListen(
            startedAt: try row.start(heardS: heardS), artist: try row.text(.artist), title: title,
            album: row.optionalText(.album), heardS: heardS, durationS: row.durationS(),
            wasSkipped: row.isSkipped(), speakerName: row.optionalText(.speakerName), uri: row.optionalText(.uri),
            source: row.optionalText(.source), eventID: row.optionalText(.eventID))
    }
}

extension ImportRow<ListenColumn> {
    /// When the play began: for a row that has its end, the seconds heard are subtracted.
    fileprivate func start(heardS: Double?) throws(ImportProblem) -> Date {
        if let field = self[.timestamp] {
            guard case .text(let text) = field, let date = RFC3339.date(from: text) else {
                throw problem(.timestamp, "must be a time like 2026-11-22T18:04:05Z")
            }
            return date
        }
        guard let field = self[.startedAt] ?? self[.endedAt] else { throw problem(.timestamp, "is missing") }
        guard let date = field.date else { throw problem(.startedAt, "cannot be read as a time") }
        return self[.startedAt] == nil ? date.addingTimeInterval(-(heardS ?? 0)) : date
    }

    fileprivate mutating func isSkipped() -> Bool? {
        do { return try bool(.skipped) } catch { note(error) }
        return nil
    }

    /// A text; one that is invalid is noted as a problem and read as nil.
    fileprivate mutating func optionalText(_ column: ListenColumn) -> String? {
        do { return try text(column) } catch { note(error) }
        return nil
    }

    fileprivate mutating func durationS() -> Double? {
        let milliseconds = validNumber(.durationMs, in: 0...ImportLimits.trackMs)
        let wholeSeconds = validNumber(.durationS, in: 0...ImportLimits.trackMs / 1000)
        let seconds = milliseconds.map { $0 / 1000 } ?? wholeSeconds
        // Players write 0 for a duration they do not know.
        return seconds == 0 ? nil : seconds
    }
}

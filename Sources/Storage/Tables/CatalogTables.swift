import GRDB
import Household

// The table `tracks`.
extension StoreTransaction {
    func trackCount() throws -> Int { try row("SELECT count(*) FROM tracks").map { $0[0] } ?? 0 }

    func tracks(_ ids: [Track.ID]) throws -> [Track] {
        let sql = "SELECT \(Track.columns) FROM tracks WHERE id IN (SELECT value FROM json_each(?))"
        return try Array(rows(sql, [jsonArray(ids)]).map { Track($0) })
    }

    func forEachTrack(_ body: (Track) throws -> Void) throws {
        var genres = GenreCache()
        try forEachRow("SELECT \(Track.columns) FROM tracks ORDER BY id") { try body(Track($0, &genres)) }
    }

    /// Looks up the names first and the uri second, because players keep an outdated uri more often than an outdated
    /// title.
    func trackID(of media: HeardMedia) throws -> Track.ID? {
        if let key = media.key, let id = try trackID(key) { return id }
        return try trackID(uri: media.recordingURI)
    }

    private func trackID(_ key: TrackKey) throws -> Track.ID? {
        try row("SELECT id FROM tracks WHERE artist_key = ? AND title_key = ?", [key.artist, key.title]).map { $0[0] }
    }

    private func trackID(uri: String?) throws -> Track.ID? {
        guard let uri else { return nil }
        return try row("SELECT id FROM tracks WHERE uri = ?", [uri]).map { $0[0] }
    }
}

extension StoreTransaction {
    func findOrAddTrack(heard media: HeardMedia) throws -> (id: Track.ID, added: Track?) {
        guard let title = media.title, !title.isEmpty, let key = media.key else {
            throw HouseholdError.invalid("title", "A listen needs the title of what was heard")
        }
        let uri = media.recordingURI
        if let id = try trackID(key) ?? trackID(uri: uri) {
            try complete(id, album: media.album, uri: uri, durationS: media.durationS)
            return (id, nil)
        }
        try execute(
            """
            INSERT INTO tracks (artist_key, title_key, artist, title, album, uri, duration_s)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            """, [key.artist, key.title, media.artist, title, media.album, uri, media.durationS])
        let details = TrackDetails(
            artist: media.artist, title: title, album: media.album, durationS: media.durationS, uri: uri)
        let id = Track.ID(database.lastInsertedRowID)
        return (id, Track(id: id, details: details))
    }

    /// Fills NULL columns of a track with what a listen says. A uri that belongs to another track stays there.
    private func complete(_ id: Track.ID, album: String?, uri: String?, durationS: Double?) throws {
        guard album != nil || uri != nil || durationS != nil else { return }
        try execute(
            """
            UPDATE tracks SET album = coalesce(album, ?1), duration_s = coalesce(duration_s, ?2),
                uri = coalesce(uri, CASE WHEN NOT EXISTS (SELECT 1 FROM tracks WHERE uri = ?3) THEN ?3 END)
            WHERE id = ?4 AND (album IS NULL AND ?1 IS NOT NULL OR duration_s IS NULL AND ?2 IS NOT NULL
                OR uri IS NULL AND ?3 IS NOT NULL)
            """, [album, durationS, uri, id])
    }

    func importTracks(_ tracks: [TrackDetails], isDemo: Bool) throws -> (added: Int, updated: Int) {
        var counts = (added: 0, updated: 0)
        for track in tracks {
            let key = track.key
            if let id = try trackID(key) ?? trackID(uri: track.uri) {
                try update(id, with: track, isDemo: isDemo)
                counts.updated += 1
            } else {
                try insert(track, key, isDemo: isDemo)
                counts.added += 1
            }
        }
        return counts
    }

    private func insert(_ track: TrackDetails, _ key: TrackKey, isDemo: Bool) throws {
        try execute(
            """
            INSERT INTO tracks (artist_key, title_key, artist, title, is_demo, \(TrackDetails.columns), uri)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [key.artist, key.title, track.artist, track.title, isDemo] + track.columnValues + [track.uri])
    }

    /// Sets what the imported row has. Artist and title stay, because the track may have been matched by its uri.
    private func update(_ id: Track.ID, with track: TrackDetails, isDemo: Bool) throws {
        try execute(
            """
            UPDATE tracks SET \(TrackDetails.assignments),
                uri = CASE WHEN NOT EXISTS (SELECT 1 FROM tracks WHERE uri = ?16) THEN coalesce(?16, uri) ELSE uri END,
                is_demo = is_demo AND ?17
            WHERE id = ?18
            """, track.columnValues + [track.uri, isDemo, id])
    }

    func removeUnplayedDemoTracks() throws {
        try execute(
            """
            DELETE FROM tracks WHERE is_demo
                AND NOT EXISTS (SELECT 1 FROM listen_events WHERE track_id = tracks.id)
                AND NOT EXISTS (SELECT 1 FROM corrected_listens WHERE track_id = tracks.id)
                AND NOT EXISTS (SELECT 1 FROM feedback WHERE track_id = tracks.id)
            """)
    }
}

extension TrackDetails {
    private static let columnNames = [
        "album", "duration_s", "genres", "artist_genres", "year", "popularity", "is_explicit", "danceability", "energy",
        "valence", "tempo", "acousticness", "instrumentalness", "speechiness", "loudness",
    ]

    /// Columns that a catalog file may fill, in the order of ``columnValues``.
    fileprivate static let columns = columnNames.joined(separator: ", ")

    /// Assignments of the same columns. A value that the row does not have leaves the column as it is.
    fileprivate static let assignments = columnNames.enumerated()
        .map { "\($1) = coalesce(?\($0 + 1), \($1))" }
        .joined(separator: ", ")

    fileprivate var columnValues: StatementArguments {
        [
            album, durationS, GenreCache.text(genres), GenreCache.text(artistGenres), year, popularity, isExplicit,
            features?.danceability, features?.energy, features?.valence, features?.tempo, features?.acousticness,
            features?.instrumentalness, features?.speechiness, features?.loudness,
        ]
    }
}

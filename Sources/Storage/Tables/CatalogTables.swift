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
        let columns = Track.columns(uri: "NULL")
        try forEachRow("SELECT \(columns) FROM tracks ORDER BY id") { try body(Track($0, &genres)) }
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
}

extension StoreTransaction {
    func findOrAddTrack(heard media: HeardMedia) throws -> (id: Track.ID, added: Track?) {
        guard let title = media.title, !title.isEmpty, let key = media.key else {
            throw HouseholdError.invalid("title", "A listen needs the title of what was heard")
        }
        let uri = media.recordingURI
        if let id = try trackID(key) ?? trackID(uri: uri) {
            try complete(id, album: media.album, durationS: media.durationS)
            try keep(uri, heardAs: id)
            return (id, nil)
        }
        try execute(
            "INSERT INTO tracks (artist_key, title_key, artist, title, album, duration_s) VALUES (?, ?, ?, ?, ?, ?)",
            [key.artist, key.title, media.artist, title, media.album, media.durationS])
        let id = Track.ID(database.lastInsertedRowID)
        try keep(uri, heardAs: id)
        let details = TrackDetails(
            artist: media.artist, title: title, album: media.album, durationS: media.durationS, uri: uri)
        return (id, Track(id: id, details: details))
    }

    /// Fills NULL columns of a track with what a listen says.
    private func complete(_ id: Track.ID, album: String?, durationS: Double?) throws {
        guard album != nil || durationS != nil else { return }
        try execute(
            """
            UPDATE tracks SET album = coalesce(album, ?1), duration_s = coalesce(duration_s, ?2)
            WHERE id = ?3 AND (album IS NULL AND ?1 IS NOT NULL OR duration_s IS NULL AND ?2 IS NOT NULL)
            """, [album, durationS, id])
    }

    func importTracks(_ tracks: [TrackDetails], isDemo: Bool, hasMore: Bool) throws -> CatalogCounts {
        let keys = tracks.map(\.key)
        let named = Dictionary(zip(keys, tracks.map(\.uri))) { $1 ?? $0 }
        var counts = CatalogCounts()
        for (number, (track, key)) in zip(tracks, keys).enumerated() {
            let known = try trackID(key)
            let renamed = known == nil ? try renamedTrackID(track, beside: named) : nil
            if renamed != nil, hasMore {
                counts.undecided.append(number)
            } else if let id = known ?? renamed {
                try update(id, with: track, isDemo: isDemo)
                try give(track.uri, to: id)
                counts.updated += 1
            } else {
                try give(track.uri, to: insert(track, key, isDemo: isDemo))
                counts.added += 1
            }
        }
        return counts
    }

    /// The track that a row with a new name means by its address: the one that has the address, unless the same rows name
    /// another address for that one.
    private func renamedTrackID(_ track: TrackDetails, beside named: [TrackKey: String?]) throws -> Track.ID? {
        guard let id = try trackID(ofFile: track.uri),
            let row = try row("SELECT artist, title FROM tracks WHERE id = ?", [id])
        else { return nil }
        let key = TrackDetails(artist: row[0], title: row[1]).key
        guard case .some(.some(let uri)) = named[key], uri != track.uri else { return id }
        return nil
    }

    /// Finds a track that a library has by its names, and completes it, or adds it.
    func findOrInsert(_ track: TrackDetails) throws -> (id: Track.ID, isNew: Bool) {
        let key = track.key
        if let id = try trackID(key) {
            try update(id, with: track, isDemo: false)
            return (id, false)
        }
        return (try insert(track, key, isDemo: false), true)
    }

    private func insert(_ track: TrackDetails, _ key: TrackKey, isDemo: Bool) throws -> Track.ID {
        try execute(
            """
            INSERT INTO tracks (artist_key, title_key, artist, title, is_demo, \(TrackDetails.columns))
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """, [key.artist, key.title, track.artist, track.title, isDemo] + track.columnValues)
        return Track.ID(database.lastInsertedRowID)
    }

    /// Sets what the imported row has. Artist and title stay, because the track may have been matched by its uri. A row
    /// that says nothing new writes nothing.
    private func update(_ id: Track.ID, with track: TrackDetails, isDemo: Bool) throws {
        try execute(
            """
            UPDATE tracks SET \(TrackDetails.assignments), is_demo = is_demo AND ?16
            WHERE id = ?17 AND (\(TrackDetails.changes) OR is_demo AND NOT ?16)
            """, track.columnValues + [isDemo, id])
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

    /// Whether one of the assignments changes a column.
    fileprivate static let changes = columnNames.enumerated()
        .map { "\($1) IS NOT coalesce(?\($0 + 1), \($1))" }
        .joined(separator: " OR ")

    fileprivate var columnValues: StatementArguments {
        [
            album, durationS, GenreCache.text(genres), GenreCache.text(artistGenres), year, popularity, isExplicit,
            features?.danceability, features?.energy, features?.valence, features?.tempo, features?.acousticness,
            features?.instrumentalness, features?.speechiness, features?.loudness,
        ]
    }
}

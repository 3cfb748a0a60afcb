import Foundation
import GRDB
import Household

// The plays that tastes are counted from. The index `listen_events_by_profile` covers these queries. They return so many
// rows that columns are read by position.
extension StoreTransaction {
    func forEachPlay(owner: Owner, before: Date?, _ body: (TrackPlay) throws -> Void) throws {
        let sql = """
            SELECT track_id, started_at, played_s, outcome = 'completed' FROM listen_events
            WHERE profile_id IS ? AND started_at < ? ORDER BY started_at, id
            """
        try rows(sql, [owner, before?.milliseconds ?? .max]).forEach { try body(TrackPlay($0)) }
    }

    func forEachHeardPlay(owner: Owner, before: Date?, _ body: (TrackPlay) throws -> Void) throws {
        let sql = """
            SELECT track_id, started_at, played_s, outcome = 'completed' FROM listen_events
            WHERE profile_id IS ? AND started_at < ? AND outcome <> 'skipped' ORDER BY started_at, id
            """
        try rows(sql, [owner, before?.milliseconds ?? .max]).forEach { try body(TrackPlay($0)) }
    }

    /// The plus excludes the index by profile, so that SQLite reads the plays of the track and not of the profile.
    func forEachPlay(owner: Owner, trackID: Track.ID, _ body: (TrackPlay) throws -> Void) throws {
        let sql = """
            SELECT track_id, started_at, played_s, outcome = 'completed' FROM listen_events
            WHERE track_id = ? AND +profile_id IS ? ORDER BY started_at, id
            """
        try rows(sql, [trackID, owner]).forEach { try body(TrackPlay($0)) }
    }

    func listenStats(owner: Owner) throws -> ListenStats {
        let sql = """
            SELECT track_id, started_at FROM listen_events
            WHERE profile_id IS ? AND outcome <> 'skipped' ORDER BY started_at, id
            """
        var counts: [Track.ID: Int] = [:]
        var last: Int64?
        let rows = try rows(sql, [owner])
        while let row = try rows.next() {
            counts[row[0], default: 0] += 1
            last = row[1]
        }
        return ListenStats(countByTrack: counts, lastListen: last.map { Date(milliseconds: $0) })
    }
}

extension TrackPlay {
    fileprivate init(_ row: Row) {
        self.init(trackID: row[0], startedAt: Date(milliseconds: row[1]), playedS: row[2], isCompleted: row[3])
    }
}

// The tables `taste_profiles` and `taste_tracks`.
extension StoreTransaction {
    /// Reads columns by position, because a taste has many rows.
    func forEachTasteTrack(ofProfile id: Profile.ID, _ body: (TasteTrack) throws -> Void) throws {
        let sql = """
            SELECT track_id, first_played_at, last_played_at,
                plays_1d, plays_4d, plays_16d, plays_64d, plays_256d, plays_1024d, plays
            FROM taste_tracks WHERE taste_id = (SELECT id FROM taste_profiles WHERE profile_id = ?)
            """
        try rows(sql, [id]).forEach { row in
            try body(
                TasteTrack(
                    trackID: row[0], firstPlayedAt: Date(milliseconds: row[1]),
                    lastPlayedAt: Date(milliseconds: row[2]), plays: (3...9).map { row[$0] }))
        }
    }

    func kernels(ofProfile id: Profile.ID) throws -> Data? {
        try row("SELECT kernels FROM taste_profiles WHERE profile_id = ?", [id]).flatMap { $0["kernels"] }
    }

    func tasteStamp(ofProfile id: Profile.ID) throws -> TasteStamp {
        let sql = "SELECT version, built_at, is_stale FROM taste_profiles WHERE profile_id = ?"
        return try row(sql, [id]).map {
            TasteStamp(version: $0["version"], builtAt: $0.optionalDate("built_at"), isStale: $0["is_stale"])
        } ?? TasteStamp()
    }
}

extension StoreTransaction {
    func saveTasteTracks(_ tracks: some Sequence<TasteTrack>, profile id: Profile.ID) throws {
        let taste = try tasteID(ofProfile: id)
        for track in tracks {
            try execute(
                Self.tasteTrackInsertion,
                [taste, track.trackID, track.firstPlayedAt.milliseconds, track.lastPlayedAt.milliseconds]
                    + StatementArguments(track.plays))
        }
    }

    private static let tasteTrackInsertion = """
        INSERT INTO taste_tracks (taste_id, track_id, first_played_at, last_played_at,
            plays_1d, plays_4d, plays_16d, plays_64d, plays_256d, plays_1024d, plays)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (taste_id, track_id) DO UPDATE SET
            first_played_at = excluded.first_played_at, last_played_at = excluded.last_played_at,
            plays_1d = excluded.plays_1d, plays_4d = excluded.plays_4d, plays_16d = excluded.plays_16d,
            plays_64d = excluded.plays_64d, plays_256d = excluded.plays_256d, plays_1024d = excluded.plays_1024d,
            plays = excluded.plays
        """

    func removeTasteTrack(_ trackID: Track.ID?, profile id: Profile.ID) throws {
        let taste = try tasteID(ofProfile: id)
        guard let trackID else { return try execute("DELETE FROM taste_tracks WHERE taste_id = ?", [taste]) }
        try execute("DELETE FROM taste_tracks WHERE taste_id = ? AND track_id = ?", [taste, trackID])
    }

    func saveKernels(_ kernels: Data, profile id: Profile.ID) throws {
        try execute(
            "UPDATE taste_profiles SET kernels = ? WHERE id = ?",
            [String(decoding: kernels, as: UTF8.self), tasteID(ofProfile: id)])
    }

    func saveTasteStamp(_ stamp: TasteStamp, profile id: Profile.ID) throws {
        try execute(
            "UPDATE taste_profiles SET version = ?, built_at = ?, is_stale = ? WHERE id = ?",
            [stamp.version, stamp.builtAt?.milliseconds, stamp.isStale, tasteID(ofProfile: id)])
    }

    /// Row id of a profile's taste. The row is inserted when it is needed first.
    private func tasteID(ofProfile id: Profile.ID) throws -> Int64 {
        if let row = try row("SELECT id FROM taste_profiles WHERE profile_id = ?", [id]) { return row["id"] }
        try execute("INSERT INTO taste_profiles (profile_id) VALUES (?)", [id])
        return database.lastInsertedRowID
    }
}

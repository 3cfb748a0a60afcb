import Foundation
import GRDB
import Household
import Taste

// The plays that tastes are counted from. The index `listen_events_by_profile` covers these queries. They return so many
// rows that columns are read by position.
extension StoreTransaction {
    func countedPlays(owner: Owner, before: Date?) throws -> [CountedPlay] {
        let sql = """
            SELECT track_id, started_at, played_s, outcome = 'completed' FROM listen_events
            WHERE profile_id IS ? AND started_at < ? ORDER BY started_at, id
            """
        return try Array(rows(sql, [owner, before?.milliseconds ?? .max]).map { CountedPlay($0) })
    }

    /// The plus excludes the index by profile, so that SQLite reads the plays of the track and not of the profile.
    func countedPlays(owner: Owner, trackID: TrackID) throws -> [CountedPlay] {
        let sql = """
            SELECT track_id, started_at, played_s, outcome = 'completed' FROM listen_events
            WHERE track_id = ? AND +profile_id IS ? ORDER BY started_at, id
            """
        return try Array(rows(sql, [trackID, owner]).map { CountedPlay($0) })
    }

    func listenStats(owner: Owner) throws -> ListenStats {
        let sql = """
            SELECT track_id, started_at FROM listen_events
            WHERE profile_id IS ? AND outcome <> 'skipped' ORDER BY started_at, id
            """
        var counts: [TrackID: Int] = [:]
        var last: Int64?
        let rows = try rows(sql, [owner])
        while let row = try rows.next() {
            counts[row[0], default: 0] += 1
            last = row[1]
        }
        return ListenStats(countByTrack: counts, lastListen: last.map { Date(milliseconds: $0) })
    }
}

extension CountedPlay {
    fileprivate init(_ row: Row) {
        self.init(trackID: row[0], startedAt: Date(milliseconds: row[1]), heardS: row[2], isCompleted: row[3])
    }
}

// The tables `taste_profiles` and `taste_tracks`.
extension StoreTransaction {
    func taste(ofProfile id: Profile.ID) throws -> ProfileTaste {
        let sql = "SELECT id, kernels FROM taste_profiles WHERE profile_id = ?"
        guard let row = try row(sql, [id]) else { return ProfileTaste() }
        let kernels = try (row["kernels"] as Data?).map { try JSONDecoder().decode(KernelState.self, from: $0) }
        return ProfileTaste(counters: try counters(ofTaste: row["id"]), kernels: kernels ?? KernelState())
    }

    func tasteStamp(ofProfile id: Profile.ID) throws -> TasteStamp {
        let sql = "SELECT version, built_at, is_stale FROM taste_profiles WHERE profile_id = ?"
        return try row(sql, [id]).map {
            TasteStamp(version: $0["version"], builtAt: $0.optionalDate("built_at"), isStale: $0["is_stale"])
        } ?? TasteStamp()
    }

    /// Reads columns by position, because a taste has many rows.
    private func counters(ofTaste id: Int64) throws -> [TrackID: PlayCounters] {
        let sql = """
            SELECT track_id, first_played_at, last_played_at,
                plays_1d, plays_4d, plays_16d, plays_64d, plays_256d, plays_1024d, plays
            FROM taste_tracks WHERE taste_id = ?
            """
        var counters: [TrackID: PlayCounters] = [:]
        let rows = try rows(sql, [id])
        while let row = try rows.next() {
            let values: [Double] = [row[3], row[4], row[5], row[6], row[7], row[8], row[9]]
            counters[row[0]] = PlayCounters(
                first: Date(milliseconds: row[1]), last: Date(milliseconds: row[2]), values: values)
        }
        return counters
    }
}

extension StoreTransaction {
    func saveCounters(_ counters: PlayCounters?, ofTrack trackID: TrackID, profile id: Profile.ID) throws {
        try save(counters, ofTrack: trackID, taste: tasteID(ofProfile: id))
    }

    func saveKernel(_ kernel: KernelState, profile id: Profile.ID) throws {
        let encoder = JSONEncoder()
        // Equal states must be equal bytes.
        encoder.outputFormatting = .sortedKeys
        try execute(
            "UPDATE taste_profiles SET kernels = ? WHERE id = ?",
            [String(decoding: encoder.encode(kernel), as: UTF8.self), tasteID(ofProfile: id)])
    }

    func replaceTaste(_ taste: ProfileTaste, profile id: Profile.ID) throws {
        let tasteID = try tasteID(ofProfile: id)
        try execute("DELETE FROM taste_tracks WHERE taste_id = ?", [tasteID])
        for (trackID, counters) in taste.counters.sorted(by: { $0.key < $1.key }) {
            try save(counters, ofTrack: trackID, taste: tasteID)
        }
        try saveKernel(taste.kernels, profile: id)
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

    private func save(_ counters: PlayCounters?, ofTrack trackID: TrackID, taste: Int64) throws {
        guard let counters else {
            return try execute("DELETE FROM taste_tracks WHERE taste_id = ? AND track_id = ?", [taste, trackID])
        }
        try execute(
            """
            INSERT INTO taste_tracks (taste_id, track_id, first_played_at, last_played_at,
                plays_1d, plays_4d, plays_16d, plays_64d, plays_256d, plays_1024d, plays)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (taste_id, track_id) DO UPDATE SET
                first_played_at = excluded.first_played_at, last_played_at = excluded.last_played_at,
                plays_1d = excluded.plays_1d, plays_4d = excluded.plays_4d, plays_16d = excluded.plays_16d,
                plays_64d = excluded.plays_64d, plays_256d = excluded.plays_256d, plays_1024d = excluded.plays_1024d,
                plays = excluded.plays
            """,
            [taste, trackID, counters.first.milliseconds, counters.last.milliseconds]
                + StatementArguments(counters.values))
    }
}

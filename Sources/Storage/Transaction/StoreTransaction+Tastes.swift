import Foundation
import GRDB
import Household
import Taste

extension StoreTransaction {
    func taste(ofProfile id: Profile.ID) throws -> ProfileTaste {
        let sql = "SELECT id, kernels FROM taste_profiles WHERE profile_id = ?"
        guard let row = try row(sql, [id]) else { return ProfileTaste() }
        let kernels = try (row[1] as Data?).map { try JSONDecoder().decode(KernelState.self, from: $0) }
        return ProfileTaste(counters: try counters(ofTaste: row[0]), kernels: kernels ?? KernelState())
    }

    func tasteStamp(ofProfile id: Profile.ID) throws -> TasteStamp {
        let sql = "SELECT version, built_at, is_stale FROM taste_profiles WHERE profile_id = ?"
        return try row(sql, [id]).map {
            TasteStamp(version: $0[0], builtAt: $0.optionalDate(1), isStale: $0[2])
        } ?? TasteStamp()
    }

    private func counters(ofTaste id: Int64) throws -> [Int64: PlayCounters] {
        let sql = """
            SELECT track_id, first_played_at, last_played_at,
                plays_1d, plays_4d, plays_16d, plays_64d, plays_256d, plays_1024d, plays
            FROM taste_tracks WHERE taste_id = ?
            """
        var counters: [Int64: PlayCounters] = [:]
        let rows = try rows(sql, [id])
        while let row = try rows.next() {
            let values: [Double] = [row[3], row[4], row[5], row[6], row[7], row[8], row[9]]
            counters[row[0]] = PlayCounters(first: row.date(1), last: row.date(2), values: values)
        }
        return counters
    }
}

extension StoreTransaction {
    func saveCounters(_ counters: PlayCounters?, ofTrack trackID: Int64, profile id: Profile.ID) throws {
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

    /// Row id of a profile's taste, which begins with the first thing that is saved of it.
    private func tasteID(ofProfile id: Profile.ID) throws -> Int64 {
        if let row = try row("SELECT id FROM taste_profiles WHERE profile_id = ?", [id]) { return row[0] }
        try execute("INSERT INTO taste_profiles (profile_id) VALUES (?)", [id])
        return database.lastInsertedRowID
    }

    private func save(_ counters: PlayCounters?, ofTrack trackID: Int64, taste: Int64) throws {
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

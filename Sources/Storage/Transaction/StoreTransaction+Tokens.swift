import Foundation
import GRDB
import Household

extension StoreTransaction {
    func tokenHashes() throws -> [Int64: Data] {
        let rows = try rows("SELECT profile_id, hash FROM profile_tokens JOIN profiles ON profiles.id = profile_id")
        return try rows.reduce(into: [:]) { $0[$1[0] as Int64] = $1[1] as Data }
    }

    func saveTokenHash(_ hash: Data, ofProfile id: Int64, at time: Date) throws {
        try execute(
            """
            INSERT INTO profile_tokens (profile_id, hash, created_at) VALUES (?, ?, ?)
            ON CONFLICT (profile_id) DO UPDATE SET hash = excluded.hash, created_at = excluded.created_at
            """, [id, hash, time.milliseconds])
    }
}

import Foundation
import GRDB
import Household

// The tables `profiles` and `profile_tokens`.
extension StoreTransaction {
    func profiles() throws -> [Profile] {
        try Array(rows("SELECT id, name, display_name, created_at FROM profiles ORDER BY name").map { Profile($0) })
    }

    func insertProfile(name: String, displayName: String, createdAt: Date) throws -> Profile {
        try execute(
            "INSERT INTO profiles (name, display_name, created_at) VALUES (?, ?, ?)",
            [name, displayName, createdAt.milliseconds])
        return Profile(
            id: RowID(database.lastInsertedRowID), name: name, displayName: displayName,
            createdAt: createdAt.wholeMilliseconds)
    }

    func setDisplayName(_ displayName: String, ofProfile id: Profile.ID) throws {
        try execute("UPDATE profiles SET display_name = ? WHERE id = ?", [displayName, id])
    }

    func removedProfileNames() throws -> Set<Int64> {
        try Set(rows("SELECT name_hash FROM removed_profile_names").map { $0[0] })
    }

    func setRemovedProfileName(_ hash: Int64, _ isRemoved: Bool) throws {
        try execute("DELETE FROM removed_profile_names WHERE name_hash = ?", [hash])
        if isRemoved { try execute("INSERT INTO removed_profile_names (name_hash) VALUES (?)", [hash]) }
    }

    func tokenHashes() throws -> [Profile.ID: Data] {
        let rows = try rows("SELECT profile_id, hash FROM profile_tokens JOIN profiles ON profiles.id = profile_id")
        return try rows.reduce(into: [:]) { $0[$1["profile_id"] as Profile.ID] = $1["hash"] as Data }
    }

    func saveTokenHash(_ hash: Data, ofProfile id: Profile.ID, at time: Date) throws {
        try execute(
            """
            INSERT INTO profile_tokens (profile_id, hash, created_at) VALUES (?, ?, ?)
            ON CONFLICT (profile_id) DO UPDATE SET hash = excluded.hash, created_at = excluded.created_at
            """, [id, hash, time.milliseconds])
    }
}

extension Profile {
    /// Reads a row of `profiles` or `removed_profiles`.
    init(_ row: Row) {
        self.init(
            id: row["id"], name: row["name"], displayName: row["display_name"], createdAt: row.date("created_at"))
    }
}

// The table `visitors`.
extension StoreTransaction {
    func profile(ofVisitor userID: String) throws -> Profile.ID? {
        try row("SELECT profile_id FROM visitors WHERE user_id = ?", [userID]).map { $0[0] }
    }

    func setProfile(_ id: Profile.ID?, ofVisitor userID: String, at time: Date, keeping limit: Int) throws {
        try execute("DELETE FROM visitors WHERE user_id = ?", [userID])
        guard let id else { return }
        try execute(
            "INSERT INTO visitors (user_id, profile_id, set_at) VALUES (?, ?, ?)", [userID, id, time.milliseconds])
        try execute(
            """
            DELETE FROM visitors WHERE user_id NOT IN (SELECT user_id FROM visitors ORDER BY set_at DESC LIMIT ?)
            """, [limit])
    }
}

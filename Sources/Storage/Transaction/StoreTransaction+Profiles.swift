import Foundation
import GRDB
import Household

extension StoreTransaction {
    func profiles() throws -> [Profile] {
        try Array(rows("SELECT id, name, display_name, created_at FROM profiles ORDER BY name").map { Profile($0) })
    }

    func insertProfile(name: String, displayName: String, createdAt: Date) throws -> Profile {
        try execute(
            "INSERT INTO profiles (name, display_name, created_at) VALUES (?, ?, ?)",
            [name, displayName, createdAt.milliseconds])
        return Profile(
            id: database.lastInsertedRowID, name: name, displayName: displayName, createdAt: createdAt.wholeMilliseconds
        )
    }

    func setDisplayName(_ displayName: String, ofProfile id: Int64) throws {
        try execute("UPDATE profiles SET display_name = ? WHERE id = ?", [displayName, id])
    }
}

extension Profile {
    fileprivate init(_ row: Row) {
        self.init(id: row[0], name: row[1], displayName: row[2], createdAt: row.date(3))
    }
}

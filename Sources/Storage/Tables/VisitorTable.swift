import Foundation
import GRDB
import Household

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

import Foundation
import GRDB
import Household

/// Writes a copy of a database that is whole or not there at all.
enum DatabaseCopy {
    /// Copies what is committed; others may read and write meanwhile.
    ///
    /// - Parameters:
    ///   - connections: The database.
    ///   - path: The new file.
    ///   - isReplacing: Whether a file of that name may go.
    /// - Throws: ``HouseholdError`` `conflict` when it may not, `unavailable` when the copy cannot be written.
    static func write(_ connections: any DatabaseReader, to path: String, isReplacing: Bool) throws {
        guard isReplacing || !FileManager.default.fileExists(atPath: path) else {
            throw HouseholdError(.conflict, "\(path) exists already; name a new file")
        }
        let partial = path + ".partial"
        try? FileManager.default.removeItem(atPath: partial)
        do {
            try HouseholdError.translating(path) {
                try PrivateFile.make(partial)
                try connections.unsafeRead { try $0.execute(sql: "VACUUM INTO ?", arguments: [partial]) }
                try PrivateFile.synchronise(partial)
                try PrivateFile.rename(partial, to: path)
            }
        } catch {
            try? FileManager.default.removeItem(atPath: partial)
            throw error
        }
    }
}

import GRDB
import Household

extension HouseholdError {
    /// Runs something, and says for people what SQLite says for programmers.
    static func translating<Value>(_ path: String?, _ body: () throws -> Value) throws -> Value {
        do {
            return try body()
        } catch let error as DatabaseError {
            throw HouseholdError(error, path: path ?? "The store")
        }
    }

    /// What an error of SQLite means for whoever uses the store.
    init(_ error: DatabaseError, path: String) {
        let detail = error.message ?? "\(error.extendedResultCode)"
        switch error.resultCode {
        case .SQLITE_FULL:
            self.init(.unavailable, "The disk of \(path) is full; nothing is written until there is space")
        case .SQLITE_BUSY, .SQLITE_LOCKED:
            self.init(.unavailable, "Another program holds \(path)")
        case .SQLITE_IOERR, .SQLITE_PROTOCOL:
            self.init(.unavailable, "Reading or writing \(path) failed: \(detail)")
        case .SQLITE_CANTOPEN, .SQLITE_PERM, .SQLITE_AUTH, .SQLITE_READONLY:
            self.init(.unavailable, "\(path) cannot be opened or written: \(detail). See its directory and permissions")
        case .SQLITE_NOTADB:
            self.init(.invalid, "\(path) is no SQLite database", field: "store.path")
        case .SQLITE_CORRUPT:
            self.init(.unavailable, "\(path) is damaged (\(detail)); put a backup in its place")
        default:
            self.init(.internal, "The store refused what should have been right: \(detail)")
        }
    }
}

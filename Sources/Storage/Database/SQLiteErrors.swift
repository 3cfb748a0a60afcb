import GRDB
import Household

extension HouseholdError {
    /// Runs a body and translates the errors of SQLite that it throws. The path of the file goes into the message; it is
    /// nil for a store in memory.
    static func translating<Value>(_ path: String?, _ body: () throws -> Value) throws -> Value {
        do {
            return try body()
        } catch let error as DatabaseError {
            throw HouseholdError(error, path: path ?? "The store")
        }
    }

    /// Translates an error of SQLite into a message that says what a person can do.
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
            self.init(.internal, "SQLite reported an unexpected error: \(detail)")
        }
    }
}

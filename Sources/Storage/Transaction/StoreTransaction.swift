import GRDB
import Household

/// All that can be asked and changed within one transaction, which it must not outlive.
struct StoreTransaction: HouseholdWriting {
    let database: Database

    /// Runs a statement that is kept prepared for the next time.
    func execute(_ sql: String, _ arguments: StatementArguments = []) throws {
        try database.cachedStatement(sql: sql).execute(arguments: arguments)
    }

    /// Runs a query that is kept prepared for the next time; its rows are read before the same query runs again.
    func rows(_ sql: String, _ arguments: StatementArguments = []) throws -> RowCursor {
        try Row.fetchCursor(database.cachedStatement(sql: sql), arguments: arguments)
    }

    /// The first row of a query.
    func row(_ sql: String, _ arguments: StatementArguments = []) throws -> Row? {
        try Row.fetchOne(database.cachedStatement(sql: sql), arguments: arguments)
    }

    /// Reads each row of a query as it comes.
    ///
    /// What is done with one may run any query, this one too.
    func forEachRow(_ sql: String, _ arguments: StatementArguments = [], _ body: (Row) throws -> Void) throws {
        let cursor = try Row.fetchCursor(database, sql: sql, arguments: arguments)
        while let row = try cursor.next() { try body(row) }
    }
}

import Foundation
public import GRDB
public import Household

/// Reads and writes within one transaction. It must not be used after the transaction ended.
///
/// The ports of ``HouseholdWriting`` are implemented in extensions, one file for each group of tables.
struct StoreTransaction: HouseholdWriting {
    let database: Database

    /// Runs a statement and keeps it prepared for the next time.
    func execute(_ sql: String, _ arguments: StatementArguments = []) throws {
        try database.cachedStatement(sql: sql).execute(arguments: arguments)
    }

    /// Runs a query and keeps it prepared for the next time. All rows must be read before the same query runs again.
    func rows(_ sql: String, _ arguments: StatementArguments = []) throws -> RowCursor {
        try Row.fetchCursor(database.cachedStatement(sql: sql), arguments: arguments)
    }

    /// The first row of a query.
    func row(_ sql: String, _ arguments: StatementArguments = []) throws -> Row? {
        try Row.fetchOne(database.cachedStatement(sql: sql), arguments: arguments)
    }

    /// Reads the rows of a query one by one, with a statement of its own, so that the body may run any query.
    func forEachRow(_ sql: String, _ arguments: StatementArguments = [], _ body: (Row) throws -> Void) throws {
        let cursor = try Row.fetchCursor(database, sql: sql, arguments: arguments)
        while let row = try cursor.next() { try body(row) }
    }
}

/// The conditions of a query, joined by AND.
struct Conditions {
    private var terms: [String] = []
    private(set) var arguments: StatementArguments = []

    /// The `WHERE` clause; empty when there is no condition.
    var sql: String { terms.isEmpty ? "" : "WHERE " + terms.joined(separator: " AND ") }

    /// Adds a condition.
    mutating func add(_ term: String, _ newArguments: StatementArguments) {
        terms.append(term)
        arguments += newArguments
    }
}

/// Any number of ids as one argument: `… IN (SELECT value FROM json_each(?))`.
func jsonArray(_ ids: [some CustomStringConvertible]) -> String {
    "[" + ids.map(\.description).joined(separator: ",") + "]"
}

// Columns are read by name, except where a query returns so many rows that the look-up would be measurable.
extension Row {
    /// The time in a column of milliseconds.
    func date(_ column: String) -> Date { Date(milliseconds: self[column]) }

    /// The time in a column of milliseconds that may be NULL.
    func optionalDate(_ column: String) -> Date? { (self[column] as Int64?).map { Date(milliseconds: $0) } }

    /// The enum case in a text column.
    ///
    /// - Throws: ``HouseholdError`` `internal` for a text that the enum does not have.
    func choice<Choice: RawRepresentable<String>>(_ column: String) throws -> Choice {
        let text: String = self[column]
        guard let choice = Choice(rawValue: text) else {
            throw HouseholdError(.internal, "The store has the invalid value \"\(text)\" in a column \(column)")
        }
        return choice
    }

    /// The enum case in a text column; nil for NULL and for a text that the enum does not have.
    func optionalChoice<Choice: RawRepresentable<String>>(_ column: String) -> Choice? {
        (self[column] as String?).flatMap { Choice(rawValue: $0) }
    }
}

extension RowID: DatabaseValueConvertible, StatementColumnConvertible {
    public var databaseValue: DatabaseValue { rawValue.databaseValue }

    public static func fromDatabaseValue(_ value: DatabaseValue) -> RowID? {
        Int64.fromDatabaseValue(value).map { RowID($0) }
    }

    public init?(sqliteStatement: SQLiteStatement, index: CInt) {
        self.init(unsafe Int64(sqliteStatement: sqliteStatement, index: index))
    }
}

/// ``Owner/nobody`` is NULL, any other owner the id of the profile.
extension Owner: DatabaseValueConvertible {
    public var databaseValue: DatabaseValue {
        switch self {
        case .nobody: .null
        case .profile(let id): id.databaseValue
        }
    }

    public static func fromDatabaseValue(_ value: DatabaseValue) -> Owner? {
        value.isNull ? .nobody : Profile.ID.fromDatabaseValue(value).map { .profile($0) }
    }
}

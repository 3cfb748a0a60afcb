public import GRDB
public import Household

extension RowID: DatabaseValueConvertible, StatementColumnConvertible {
    /// The integer.
    public var databaseValue: DatabaseValue { rawValue.databaseValue }

    /// Reads an integer.
    public static func fromDatabaseValue(_ value: DatabaseValue) -> RowID? {
        Int64.fromDatabaseValue(value).map { RowID($0) }
    }

    /// Reads an integer column.
    public init?(sqliteStatement: SQLiteStatement, index: CInt) {
        self.init(unsafe Int64(sqliteStatement: sqliteStatement, index: index))
    }
}

extension Owner: DatabaseValueConvertible {
    /// NULL, or the profile's id.
    public var databaseValue: DatabaseValue {
        switch self {
        case .nobody: .null
        case .profile(let id): id.databaseValue
        }
    }

    /// Reads a nullable integer.
    public static func fromDatabaseValue(_ value: DatabaseValue) -> Owner? {
        value.isNull ? .nobody : Profile.ID.fromDatabaseValue(value).map { .profile($0) }
    }
}

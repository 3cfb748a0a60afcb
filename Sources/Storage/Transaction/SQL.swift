import Foundation
import GRDB
import Household

/// Conditions of a query, joined as they come.
struct Conditions {
    private var terms: [String] = []
    private(set) var arguments: StatementArguments = []

    /// The `WHERE` clause; empty when everything is meant.
    var sql: String { terms.isEmpty ? "" : "WHERE " + terms.joined(separator: " AND ") }

    /// Adds a condition.
    mutating func add(_ term: String, _ newArguments: StatementArguments) {
        terms.append(term)
        arguments += newArguments
    }
}

/// Ids as one argument, however many: `… IN (SELECT value FROM json_each(?))`.
func jsonArray(_ ids: [some CustomStringConvertible]) -> String {
    "[" + ids.map(\.description).joined(separator: ",") + "]"
}

extension Row {
    /// The time in a column of milliseconds.
    func date(_ index: Int) -> Date { Date(milliseconds: self[index]) }

    /// The time in a column that may be null.
    func optionalDate(_ index: Int) -> Date? { (self[index] as Int64?).map { Date(milliseconds: $0) } }

    /// The case that a column names; the schema allows no other.
    func choice<Choice: RawRepresentable<String>>(_ index: Int) throws -> Choice {
        let text: String = self[index]
        guard let choice = Choice(rawValue: text) else {
            throw HouseholdError(.internal, "The store has \"\(text)\" where no such thing can be")
        }
        return choice
    }
}

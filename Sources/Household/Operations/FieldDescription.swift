import Foundation
import Wire

/// A field of an operation, as documentation, routes and tests see it.
public struct FieldDescription: Equatable, Sendable {
    /// What a field may hold.
    public enum Kind: Equatable, Sendable {
        /// A text of at most ``Limits/textLength`` characters.
        case text
        /// A number within bounds.
        case number(ClosedRange<Double>)
        /// A whole number within bounds.
        case integer(ClosedRange<Int>)
        /// `true` or `false`.
        case boolean
        /// RFC 3339.
        case time
        /// One word of a closed list.
        case choice([String])
        /// A list of texts.
        case texts
        /// A list of row ids.
        case ids
    }

    /// The JSON key.
    public let name: String
    /// What it may hold.
    public let kind: Kind
    /// Whether it must be there.
    public let isRequired: Bool
}

extension FieldDescription.Kind {
    /// The value of a text from a path, a query or a topic. What does not fit stays a text, which the operation refuses.
    func value(of text: String) -> JSONValue {
        switch self {
        case .number, .integer:
            guard text.utf8.allSatisfy({ "0123456789+-.eE".utf8.contains($0) }), let number = Double(text) else {
                return .string(text)
            }
            return .number(number)
        case .boolean: return Bool(text).map(JSONValue.bool) ?? .string(text)
        case .text, .time, .choice, .texts, .ids: return .string(text)
        }
    }

    /// A valid value.
    var example: JSONValue {
        switch self {
        case .text: "a"
        case .number(let range): .number(range.lowerBound)
        case .integer(let range): .number(Double(range.lowerBound))
        case .boolean: true
        case .time: .string(RFC3339.string(from: Date(timeIntervalSince1970: 0)))
        case .choice(let words): .string(words.first ?? "")
        case .texts, .ids: []
        }
    }
}

/// The JSON value of a field, and what it must be.
///
/// The rules are the same for all operations: texts are bounded and free of control characters, numbers are finite and
/// within their bounds. Each function throws ``HouseholdError`` `invalid` that names the field.
struct FieldValue {
    let name: String
    let json: JSONValue

    /// The text as it was sent. With `isTabbed`, a tab may divide it into columns.
    func text(isTabbed: Bool = false) throws(HouseholdError) -> String {
        guard case .string(let text) = json else { throw wrong("a text") }
        guard text.count <= Limits.textLength else {
            throw .invalid(name, "\(name) has more than \(Limits.textLength) characters")
        }
        let isControl = { (scalar: Unicode.Scalar) in scalar.properties.generalCategory == .control }
        guard !text.unicodeScalars.contains(where: { isControl($0) && !(isTabbed && $0 == "\t") }) else {
            throw .invalid(name, "\(name) contains control characters")
        }
        return text
    }

    /// The text without the blanks around it; nil when nothing is left.
    func trimmedText() throws(HouseholdError) -> String? {
        let text = try text().trimmingCharacters(in: .whitespaces)
        return text.isEmpty ? nil : text
    }

    func boolean() throws(HouseholdError) -> Bool {
        guard case .bool(let bool) = json else { throw wrong("true or false") }
        return bool
    }

    func number(in range: ClosedRange<Double>) throws(HouseholdError) -> Double {
        guard case .number(let number) = json, range.contains(number) else {
            throw .invalid(name, "\(name) must be a number from \(range.lowerBound) to \(range.upperBound)")
        }
        return number
    }

    func integer(in range: ClosedRange<Int>) throws(HouseholdError) -> Int {
        guard case .number(let number) = json, let whole = Int(exactly: number), range.contains(whole) else {
            throw .invalid(name, "\(name) must be a whole number from \(range.lowerBound) to \(range.upperBound)")
        }
        return whole
    }

    /// A time, RFC 3339. An empty text is an error, because a selection without it would be wider than was meant.
    func time() throws(HouseholdError) -> Date {
        guard let date = RFC3339.date(from: try text()) else {
            throw .invalid(name, "\(name) must be a time like 2026-11-22T18:04:05Z")
        }
        return date
    }

    /// One of the words that an enum has.
    func choice<Choice: RawRepresentable<String>>(_ words: [String]) throws(HouseholdError) -> Choice {
        guard let choice = Choice(rawValue: try text().trimmingCharacters(in: .whitespaces)) else {
            throw .invalid(name, "\(name) must be one of \(words.joined(separator: ", "))")
        }
        return choice
    }

    func texts(isTabbed: Bool = false) throws(HouseholdError) -> [String] {
        guard case .array(let items) = json else { throw wrong("a list") }
        return try items.map { item throws(HouseholdError) in
            guard case .string = item else { throw .invalid(name, "\(name) must be a list of texts") }
            return try FieldValue(name: name, json: item).text(isTabbed: isTabbed)
        }
    }

    func ids<Row>(of row: Row.Type) throws(HouseholdError) -> [RowID<Row>] {
        guard case .array(let items) = json else { throw wrong("a list") }
        return try items.map { item throws(HouseholdError) in
            guard case .number(let number) = item, let id = Int64(exactly: number) else {
                throw .invalid(name, "\(name) must be a list of whole numbers")
            }
            return RowID(id)
        }
    }

    private func wrong(_ expected: String) -> HouseholdError {
        .invalid(name, "\(name) must be \(expected), and is \(json.kind)")
    }
}

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

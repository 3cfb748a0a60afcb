import Foundation
import Household
import Wire

/// A text with places for values: `{{ uri }}`, or `{{ uri | json }}` for the value as JSON, quotes included.
public struct TextTemplate: Equatable, Sendable {
    /// Why a text is no template: a sentence that begins after the key.
    public struct Mistake: Error, Equatable, Sendable {
        /// What is wrong and what would be right.
        public var message: String
    }

    private enum Part: Equatable {
        case text(String)
        case value(name: String, asJSON: Bool)
    }

    private let parts: [Part]

    /// Reads a template.
    ///
    /// - Parameters:
    ///   - text: As written.
    ///   - names: Values that there are.
    /// - Throws: ``Mistake``.
    public init(_ text: String, names: [String]) throws(Mistake) {
        var parts: [Part] = []
        var rest = text[...]
        while let opening = rest.range(of: "{{") {
            if opening.lowerBound > rest.startIndex { parts.append(.text(String(rest[..<opening.lowerBound]))) }
            guard let closing = rest.range(of: "}}", range: opening.upperBound..<rest.endIndex) else {
                throw Mistake(message: "has a {{ without its }}")
            }
            parts.append(try Self.place(rest[opening.upperBound..<closing.lowerBound], names))
            rest = rest[closing.upperBound...]
        }
        if !rest.isEmpty { parts.append(.text(String(rest))) }
        self.parts = parts
    }

    /// The text with its values.
    func filled(with values: [String: JSONValue]) -> String {
        parts.map { part in
            switch part {
            case .text(let text): text
            case .value(let name, let asJSON): Self.text(of: values[name] ?? .null, asJSON: asJSON)
            }
        }.joined()
    }

    private static func place(_ text: Substring, _ names: [String]) throws(Mistake) -> Part {
        let words = text.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
        guard let name = words.first, names.contains(name) else {
            let close = CloseNames.closest(to: words.first ?? "", among: names).first
            let hint = close.map { "did you mean \($0)?" } ?? "there are \(names.joined(separator: ", "))"
            throw Mistake(message: "there is no value \"\(words.first ?? "")\" here; \(hint)")
        }
        guard words.count == 1 || words.dropFirst() == ["json"] else {
            throw Mistake(message: "only json may follow the | in {{\(text)}}")
        }
        return .value(name: name, asJSON: words.count == 2)
    }

    private static func text(of value: JSONValue, asJSON: Bool) -> String {
        switch value {
        case _ where asJSON: (try? WireJSON.encode(value)).map { String(decoding: $0, as: UTF8.self) } ?? "null"
        case .null: ""
        case .string(let text): text
        case .array(let items): items.map { text(of: $0, asJSON: false) }.joined(separator: "\n")
        default: text(of: value, asJSON: true)
        }
    }
}

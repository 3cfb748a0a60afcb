import Foundation
import HauntTestSupport
import Household
import Wire

@testable import HTTPAPI

/// The tables of a page that have a route or a request in the first column and its fields in the second.
struct DocumentedFields {
    /// Fields in the order of the page, by the name in the first column. Of several rows with one name the first counts.
    private(set) var rows: [String: [String]] = [:]

    init(page: String) throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../..").standardized
        let text = try String(contentsOf: root.appending(path: page), encoding: .utf8)
        for line in text.split(separator: "\n") where line.hasPrefix("| `") {
            let columns = line.split(separator: "|", omittingEmptySubsequences: false).dropFirst()
            guard let names = columns.first.map(Self.quoted), names.count == 1, rows[names[0]] == nil else { continue }
            rows[names[0]] = columns.dropFirst().first.map(Self.quoted) ?? []
        }
    }

    /// The texts in backticks.
    private static func quoted(_ text: Substring) -> [String] {
        text.split(separator: "`", omittingEmptySubsequences: false).enumerated()
            .filter { $0.offset % 2 == 1 }.map { String($0.element) }
    }
}

extension String {
    /// The field of a parameter in a path.
    var asFieldName: String { self == "speaker" ? "speaker_name" : self }
}

extension APIDocument {
    /// Schemas of the fields of an operation: in its path, its query and its body.
    func fieldSchemas(of operation: Operation) -> [String: JSONValue] {
        var schemas: [String: JSONValue] = [:]
        for parameter in parameters(operation) {
            guard case .string(let name)? = parameter["name"] else { continue }
            schemas[name.asFieldName] = parameter["schema"]
        }
        let body = operation.json["requestBody"]?["content"]?["application/json"]?["schema"]
        guard case .object(let properties)? = body.flatMap({ resolved($0)["properties"] }) else {
            return schemas.mapValues(resolved)
        }
        return schemas.merging(properties.filter { $0.key != "transaction" }) { $1 }.mapValues(resolved)
    }

    private func resolved(_ schema: JSONValue) -> JSONValue {
        guard case .string(let reference)? = schema["$ref"] else { return schema }
        return check.resolve(reference)
    }
}

extension FieldDescription.Kind {
    /// The problem in the schema of a field of this kind; nil when there is none.
    func problem(with schema: JSONValue) -> String? {
        let types: [JSONValue] =
            switch schema["type"] {
            case .array(let types)?: types
            case let type?: [type]
            case nil: []
            }
        let bounds = [schema["minimum"], schema["maximum"]]
        switch self {
        case .text, .time: return types.contains("string") ? nil : "is not a string"
        case .choice(let words):
            return Set((schema["enum"]?.items ?? []).compactMap(\.text)) == Set(words) ? nil : "does not list \(words)"
        case .boolean: return types.contains("boolean") ? nil : "is not a boolean"
        case .number(let range):
            let isRight = bounds == [.number(range.lowerBound), .number(range.upperBound)]
            return types.contains("number") && isRight ? nil : "is not a number in \(range)"
        case .integer(let range):
            // The bounds of a row id are those of JSON itself.
            let isID = range == 1...WireJSON.maxWholeNumber
            let isRight = bounds == [.number(Double(range.lowerBound)), .number(Double(range.upperBound))]
            return types.contains("integer") && (isRight || isID) ? nil : "is not an integer in \(range)"
        case .texts, .ids: return types.contains("array") ? nil : "is not a list"
        }
    }
}

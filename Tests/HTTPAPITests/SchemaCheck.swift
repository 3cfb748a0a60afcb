import Foundation
import HauntTestSupport
import Household
import Wire

/// Checks values against the part of JSON Schema that the document uses. An unknown keyword is a problem, too.
///
/// https://json-schema.org/draft/2020-12/json-schema-validation
struct SchemaCheck {
    /// The document that references point into.
    let root: JSONValue

    private static let annotations: Set = ["description", "default", "example"]

    /// The problems of a value; empty when it matches the schema.
    func problems(_ value: JSONValue, _ schema: JSONValue, at place: String = "$") -> [String] {
        if let reference = schema["$ref"]?.text { return problems(value, resolve(reference), at: place) }
        return schema.fields.flatMap { word, rule in
            check(value, word, rule, schema, place).map { "\(place): \($0)" }
        } + nested(value, schema, place)
    }

    /// The target of a reference.
    func resolve(_ reference: String) -> JSONValue {
        reference.split(separator: "/").dropFirst().reduce(root) { $0[String($1)] ?? .null }
    }

    private func check(
        _ value: JSONValue, _ word: String, _ rule: JSONValue, _ schema: JSONValue, _ place: String
    ) -> [String] {
        switch word {
        case "type": isOf(rule, value) ? [] : ["is \(value.kind), not \(rule)"]
        case "enum": rule.items.contains(value) ? [] : ["\(value) is not in \(rule.items)"]
        case "const": rule == value ? [] : ["\(value) is not \(rule)"]
        case "pattern": matches(value, rule) ? [] : ["\(value) does not match \(rule)"]
        case "format": isTime(value) ? [] : ["\(value) is no time"]
        case "minimum": value.number ?? .infinity >= rule.number ?? 0 ? [] : ["\(value) is too small"]
        case "maximum": value.number ?? -.infinity <= rule.number ?? 0 ? [] : ["\(value) is too large"]
        case "minLength": value.text?.isEmpty == true ? ["is empty"] : []
        case "maxLength": Double(value.text?.count ?? 0) <= rule.number ?? 0 ? [] : ["is too long"]
        case "minItems": Double(value.items.count) >= rule.number ?? 0 ? [] : ["has too few items"]
        case "maxItems": Double(value.items.count) <= rule.number ?? 0 ? [] : ["has too many items"]
        case "required":
            value.isObject ? rule.items.compactMap(\.text).filter { value[$0] == nil }.map { "\($0) is missing" } : []
        case "oneOf":
            rule.items.count { problems(value, $0, at: place).isEmpty } == 1
                ? [] : ["does not fit exactly one: \(rule.items.map { problems(value, $0, at: place) })"]
        case "properties", "additionalProperties", "items": []
        default: Self.annotations.contains(word) ? [] : ["uses \(word), which this check does not know"]
        }
    }

    private func nested(_ value: JSONValue, _ schema: JSONValue, _ place: String) -> [String] {
        var problems: [String] = []
        if let items = schema["items"] {
            for (index, item) in value.items.enumerated() {
                problems += self.problems(item, items, at: "\(place)[\(index)]")
            }
        }
        for (name, item) in value.fields {
            let place = "\(place).\(name)"
            switch (schema["properties"]?[name], schema["additionalProperties"]) {
            case (let rule?, _): problems += self.problems(item, rule, at: place)
            case (nil, .bool(false)): problems.append("\(place): is not foreseen")
            case (nil, let rule?) where rule.isObject: problems += self.problems(item, rule, at: place)
            default: break
            }
        }
        return problems
    }

    private func isOf(_ type: JSONValue, _ value: JSONValue) -> Bool {
        if case .array(let types) = type { return types.contains { isOf($0, value) } }
        return switch (type.text, value) {
        case ("null", .null), ("boolean", .bool), ("number", .number), ("string", .string), ("array", .array),
            ("object", .object):
            true
        case ("integer", .number(let number)): number == number.rounded()
        default: false
        }
    }

    private func matches(_ value: JSONValue, _ pattern: JSONValue) -> Bool {
        guard let text = value.text, let pattern = pattern.text else { return true }
        return text.range(of: pattern, options: .regularExpression) != nil
    }

    private func isTime(_ value: JSONValue) -> Bool { value.text.map { RFC3339.date(from: $0) != nil } ?? true }
}

extension JSONValue {
    var isObject: Bool { if case .object = self { true } else { false } }
    /// The fields of an object; empty for any other value.
    var fields: [String: JSONValue] { if case .object(let fields) = self { fields } else { [:] } }
}

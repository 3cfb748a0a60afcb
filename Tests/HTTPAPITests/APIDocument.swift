import Wire
import Foundation
import HauntTestSupport
import Household

@testable import HTTPAPI

/// The document of `/openapi.json`.
struct APIDocument {
    /// One method of one path.
    struct Operation {
        var method: String
        var path: String
        var json: JSONValue

        /// Method and path.
        var name: String { "\(method) \(path)" }
        /// Whether it reads a body.
        var hasBody: Bool { ["POST", "PUT", "PATCH"].contains(method) }
        /// An example of the file that is its body.
        var file: String? { json["requestBody"]?["content"]?["application/octet-stream"]?["example"]?.text }
        /// Whether it never needs a token.
        var isOpen: Bool { json["security"]?.items == [.object([:])] }
        /// Whether its answer never ends.
        var isStream: Bool { json["responses"]?["200"]?["content"]?["text/event-stream"] != nil }
        /// The statuses it may answer with.
        var statuses: Set<Int> { Set((json["responses"]?.fields.keys).map { $0.compactMap { Int($0) } } ?? []) }
    }

    let json: JSONValue
    let operations: [Operation]
    let check: SchemaCheck

    init() throws {
        json = try WireJSON.decode(RouteHandler.openAPI.data() ?? Data())
        check = SchemaCheck(root: json)
        operations = (json["paths"]?.fields ?? [:]).flatMap { path, methods in
            methods.fields.map { Operation(method: $0.key.uppercased(), path: path, json: $0.value) }
        }
    }

    /// The operation that answers a request.
    func operation(_ method: String, _ target: String) throws -> Operation? {
        let path = try RouteTable().match(String(target.prefix { $0 != "?" }))?.path
        return operations.first { $0.method == method && $0.path == path }
    }

    /// The parameters of an operation, with references resolved.
    func parameters(_ operation: Operation) -> [JSONValue] {
        (operation.json["parameters"]?.items ?? []).map { $0["$ref"]?.text.map(check.resolve) ?? $0 }
    }

    /// The example bodies of an operation, by name.
    func bodies(_ operation: Operation) -> [(name: String, body: JSONValue)] {
        let examples = operation.json["requestBody"]?["content"]?["application/json"]?["examples"]?.fields ?? [:]
        return examples.sorted { $0.key < $1.key }.map { ($0.key, $0.value["value"] ?? .null) }
    }

    /// The path with the examples of its parameters.
    func path(_ operation: Operation) -> String {
        parameters(operation).filter { $0["in"]?.text == "path" }.reduce(operation.path) { path, parameter in
            let example = parameter["example"]?.text ?? parameter["example"]?.number.map { "\(Int($0))" } ?? ""
            return path.replacing("{\(parameter["name"]?.text ?? "")}", with: example)
        }
    }

    /// The problems of an answer, compared with the document.
    func problems(_ answer: HTTPClient.Answer, of operation: Operation) -> [String] {
        guard let listed = operation.json["responses"]?["\(answer.status)"] else {
            return ["\(answer.status) is not documented: \(answer.body.prefix(300))"]
        }
        let response = listed["$ref"]?.text.map(check.resolve) ?? listed
        guard let (type, content) = response["content"]?.fields.first else {
            return answer.body.isEmpty ? [] : ["has a body"]
        }
        guard answer.headers["content-type"]?.hasPrefix(type) == true else { return ["is not \(type)"] }
        let missing = (response["headers"]?.fields.keys).map { $0.filter { answer.headers[$0.lowercased()] == nil } }
        let value = type == "application/json" ? answer.json : .string(answer.body)
        return (missing ?? []).map { "\($0) is missing" } + check.problems(value, content["schema"] ?? .null)
    }
}

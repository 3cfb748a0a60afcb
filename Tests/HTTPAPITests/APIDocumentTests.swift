import Wire
import Foundation
import HTTPTypes
import HauntTestSupport
import Household
import Testing

@testable import HTTPAPI

@Suite("The OpenAPI document", .timeLimit(.minutes(15)))
struct APIDocumentTests {
    private let document: APIDocument

    init() throws { document = try APIDocument() }

    @Test("The document has exactly the routes of the server")
    func routes() {
        #expect(Set(document.operations.map(\.name)) == Set(Route.all.map { "\($0.method.rawValue) \($0.path)" }))
        #expect(document.operations.count == Route.all.count)
        #expect(document.json["openapi"]?.text == "3.1.0")
    }

    @Test("The HTTP documentation names every route, error and metric")
    func page() async throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../..").standardized
        let page = try String(contentsOf: root.appending(path: "docs/http-api.md"), encoding: .utf8)
        for route in Route.all { #expect(page.contains("`\(route.method.rawValue) \(route.path)`")) }
        for code in HouseholdError.Code.allCases { #expect(page.contains("`\(code.rawValue)`")) }
        try await LiveServer.open { server in
            let lines = try await server.http.send("GET", "/metrics").body.split(separator: "\n")
            for line in lines where line.hasPrefix("# TYPE") {
                #expect(page.contains("`\(line.split(separator: " ")[2])"), "\(line)")
            }
        }
    }

    @Test("Each route of an operation has its fields, with their kinds and bounds, and no others")
    func fields() throws {
        for operation in Operations.all {
            guard let route = operation.signature.route else { continue }
            let documented = try #require(document.operations.first { $0.name == "\(route.method) \(route.path)" })
            let described = Dictionary(operation.fields.map { ($0.name, $0) }) { first, _ in first }
            let schemas = document.fieldSchemas(of: documented)
            // A list cannot be in a query. A speaker has two possible field names.
            let lists: Set = documented.name.hasPrefix("GET ") ? ["pool", "ids"] : []
            let names = Set(schemas.keys).subtracting(described["speaker_name"] == nil ? [] : ["speaker_entity"])
            #expect(names == Set(described.keys).subtracting(lists), "\(documented.name)")
            for (name, schema) in schemas {
                guard let field = described[name] else { continue }
                #expect(field.kind.problem(with: schema) == nil, "\(documented.name) \(name)")
            }
        }
    }

    @Test("The documentation of each front door names exactly its operations and their fields")
    func pages() throws {
        let http = try DocumentedFields(page: "docs/http-api.md")
        for operation in Operations.all {
            guard let route = operation.signature.route else { continue }
            let inPath = route.path.split(separator: "{").dropFirst().map { String($0.prefix { $0 != "}" }) }
            let fields = operation.fields.map(\.name).filter { !inPath.map(\.asFieldName).contains($0) }
            #expect(http.rows["\(route.method) \(route.path)"] == fields, "\(route.method) \(route.path)")
        }
        let mqtt = try DocumentedFields(page: "docs/mqtt-topics.md").rows.filter { Self.requestNouns.contains($0.key) }
        let open = Operations.all.filter { $0.signature.isOnMQTT }
        #expect(Set(mqtt.keys) == Set(open.map { $0.signature.name }))
        for operation in open {
            #expect(mqtt[operation.signature.name] == operation.fields.map(\.name), "\(operation.signature.name)")
        }
    }

    /// The names that have the form of an operation, which tells the table of requests from other tables.
    private static let requestNouns = Set(Operations.all.map { $0.signature.name })

    @Test("The document has exactly the error codes")
    func codes() {
        let codes = document.check.resolve("#/components/schemas/Error")["properties"]?["error"]?["properties"]?["code"]
        #expect(codes?["enum"]?.items.compactMap(\.text) == HouseholdError.Code.allCases.map(\.rawValue))
    }

    @Test("Every operation has a unique id, and every reference resolves")
    func references() {
        let ids = document.operations.compactMap { $0.json["operationId"]?.text }
        #expect(Set(ids).count == document.operations.count)
        for reference in references(in: document.json) {
            #expect(document.check.resolve(reference) != .null, "\(reference)")
        }
    }

    @Test("Each example of the document is accepted by a live server and answered as documented")
    func examples() async throws {
        try await LiveServer.open { server in
            var conversation = try await Conversation(document, server)
            for method in ["POST", "PUT", "PATCH", "GET", "DELETE"] {
                for operation in document.inOrder where operation.method == method {
                    try await conversation.sendExamples(of: operation)
                }
            }
        }
    }

    @Test("Each error has a status that the document names, and each named status occurs")
    func statuses() async throws {
        var seen: [String: Set<Int>] = [:]
        try await LiveServer.open { server in
            var conversation = try await Conversation(document, server)
            for operation in document.inOrder where operation.method != "DELETE" {
                try await conversation.sendExamples(of: operation)
            }
            for operation in document.inOrder { try await conversation.makeMistakes(with: operation) }
            for operation in document.inOrder where operation.method == "DELETE" {
                try await conversation.sendExamples(of: operation)
            }
            seen.merge(conversation.seen) { $0.union($1) }
        }
        try await LiveServer.open(token: "secret", isLoopback: false) { server in
            for operation in document.operations {
                let answer = try await server.http.send(operation.method, document.path(operation))
                #expect(document.problems(answer, of: operation).isEmpty, "\(operation.name)")
                seen[operation.name, default: []].insert(answer.status)
            }
        }
        try await LiveServer.open(isLoopback: false, peer: "127.0.0.1") { server in
            let operation = try #require(try document.operation("PUT", "/api/visitor"))
            for (json, type) in [
                (#"{"profile": "anna"}"#, ""), ("{}", "text/plain"), ("{nonsense", ""), (#"{"nonsense": 1}"#, ""),
                (#"{"profile": "nobody"}"#, ""),
            ] {
                let type = type.isEmpty ? "application/json" : type
                let answer = try await server.http.send(
                    "PUT", "/api/visitor", json, headers: ["X-Remote-User-Id": "571b", "Content-Type": type])
                #expect(document.problems(answer, of: operation).isEmpty, "\(json)")
                seen[operation.name, default: []].insert(answer.status)
            }
        }
        // Overload and internal errors are the same for all operations, so other tests try them on a few.
        let general: Set = [429, 500, 503]
        for operation in document.operations {
            let missing = operation.statuses.subtracting(seen[operation.name] ?? []).subtracting(general)
            #expect(missing.isEmpty, "\(operation.name)")
        }
    }

    @Test("Overload, an unavailable store and an internal error are answered as documented")
    func generalStatuses() async throws {
        let store = FailingStore(try TestHouse.withTwoPeople().store)
        for (status, requests) in [(429, 0), (503, HTTPLimits.requests), (500, HTTPLimits.requests)] {
            let house = try TestHouse.withTwoPeople(store: store)
            let token = try await house.household.perform(MakeProfileToken(name: "anna")).token
            try await LiveServer.open(house, requests: requests) { server in
                store.isBroken = status == 503
                store.fault = status == 500 ? CancellationError() : nil
                for (method, target, json) in [
                    ("POST", "/api/history/webhook", #"{"title": "T"}"#),
                    ("POST", "/api/profiles/anna/build-taste", "{}"),
                    ("POST", "/api/playlists/generate", "{}"), ("POST", "/1/submit-listens", Self.submission),
                ] {
                    let answer = try await server.http.send(
                        method, target, json, headers: ["Authorization": "Token \(token)"])
                    let operation = try #require(try document.operation(method, target))
                    #expect(answer.status == status, "\(target)")
                    #expect(document.problems(answer, of: operation) == [], "\(target)")
                }
                store.fault = nil
                store.isBroken = false
            }
        }
    }

    private static let submission = """
        {"listen_type": "single", "payload": [
            {"listened_at": 1700000000, "track_metadata": {"artist_name": "A", "track_name": "T"}}]}
        """

    private func references(in value: JSONValue) -> [String] {
        let own = value["$ref"]?.text.map { [$0] } ?? []
        return own + value.items.flatMap(references) + value.fields.values.flatMap(references)
    }
}

import Wire
import Foundation
import HTTPTypes
import HauntTestSupport
import Household
import Testing

@testable import HTTPAPI

/// Sends the examples of the document to a live server, and checks each answer against the document.
struct Conversation {
    let document: APIDocument
    let server: LiveServer
    /// Statuses that were answered, by operation.
    private(set) var seen: [String: Set<Int>] = [:]
    private var token = ""
    /// Ids from answers, which replace the ids in the examples.
    private var playlist = "none"
    private var undo = "none"
    private var importID = "none"
    private var feedback = 1

    private static let like = #"{"verdict": "like", "profile": "antialias", "track_id": 1}"#
    private static let exampleID = "1b4e28ba-2fa1-11d2-883f-0016d3cca427"

    /// Adds everything that the examples refer to.
    init(_ document: APIDocument, _ server: LiveServer) async throws {
        self.document = document
        self.server = server
        for name in ["antialias", "guitar-hero"] { try await send("POST", "/api/profiles", #"{"name": "\#(name)"}"#) }
        try await send("PUT", "/api/profiles/antialias/speakers", #"{"speakers": ["media_player.study_speaker_2"]}"#)
        try await send(
            "POST", "/api/history/webhook", #"{"title": "One", "artist": "Nina Simone", "profile": "antialias"}"#)
        try await send("POST", "/api/history/webhook", #"{"title": "Two", "artist": "B", "profile": "nobody"}"#)
        try await send("POST", "/api/feedback", Self.like)
        try await send("POST", "/api/profiles/antialias/token")
    }

    /// Sends every example of an operation, the parameters one by one.
    mutating func sendExamples(of operation: APIDocument.Operation) async throws {
        // A test of its own asks as Home Assistant's ingress does.
        guard operation.name != "PUT /api/visitor" else { return }
        let bodies = document.bodies(operation).map { Optional($0.body) }
        for body in bodies.isEmpty ? [nil] : bodies {
            try await expectSuccess(operation, query: "", body: body)
        }
        for parameter in document.parameters(operation) where parameter["in"]?.text == "query" {
            guard let example = parameter["example"], let name = parameter["name"]?.text else { continue }
            let text = try example.text ?? String(decoding: WireJSON.encode(example), as: UTF8.self)
            let value = text.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
            try await expectSuccess(operation, query: "?\(name)=\(value)", body: bodies.first ?? nil)
        }
        if operation.statuses.contains(304) {
            let path = filled(document.path(operation)) ?? ""
            try await expect(304, operation.method, path, nil, headers: ["If-None-Match": "*"])
        }
    }

    /// Causes every error that the document names for an operation.
    mutating func makeMistakes(with operation: APIDocument.Operation) async throws {
        let path = document.path(operation)
        let example = document.bodies(operation).first?.body
        for status in operation.statuses.sorted() {
            switch status {
            case _ where operation.name == "PUT /api/visitor" && ![409, 413].contains(status): break
            case 200 where operation.path == "/api/history/webhook":
                for body in document.bodies(operation) {
                    try await expectSuccess(operation, query: "", body: body.body)
                }
            case 400 where operation.file != nil: try await expect(400, operation.method, path, nil)
            case 413 where operation.file != nil:
                try await expect(413, operation.method, path, nil, headers: ["Content-Length": "600000000"])
            case 415 where operation.file != nil:
                try await expect(415, operation.method, path, "x", headers: ["Content-Type": "multipart/form-data"])
            case 422 where operation.file != nil: try await expect(422, operation.method, path + "?nonsense=1", "x")
            case 400 where operation.hasBody: try await expect(400, operation.method, path, "{nonsense")
            case 400 where operation.path == "/1/validate-token":
                try await expect(400, operation.method, path, nil, headers: ["Authorization": ""])
            case 400 where operation.path.hasPrefix("/api") || operation.isOpen:
                try await expect(400, operation.method, path + "?x=%FF", nil)
            case 400: try await expect(400, operation.method, path, nil, headers: ["Host": "evil.example"])
            case 401 where operation.path.hasPrefix("/1"):
                try await expect(401, operation.method, path, "{}", headers: ["Authorization": "Token wrong"])
            case 413: try await expect(413, operation.method, path, String(repeating: " ", count: 1_048_577))
            case 415: try await expect(415, operation.method, path, "{}", headers: ["Content-Type": "text/plain"])
            case 422 where operation.hasBody: try await expect(422, operation.method, path, #"{"nonsense": 1}"#)
            case 422: try await expect(422, operation.method, path + "?nonsense=1", nil)
            case 404, 409:
                for (target, body) in Self.mistakes[operation.name] ?? [] {
                    let body = try body ?? example.map { String(decoding: try WireJSON.encode($0), as: UTF8.self) }
                    let answer = try await send(operation.method, target, filled(body))
                    #expect([404, 409].contains(answer.status), "\(operation.name): \(answer.body)")
                }
            default: break
            }
        }
    }

    /// Requests that refer to something unknown or conflicting, by operation: the target, and the body unless the example
    /// serves.
    private static let mistakes: [String: [(String, String?)]] = [
        "GET /api/recommendations": [("/api/recommendations?profile=nobody", nil)],
        "POST /api/playlists/generate": [
            ("/api/playlists/generate", #"{"profile": "nobody"}"#),
            (
                "/api/playlists/generate",
                #"{"guest": true, "mode": "familiar", "speaker_entity": "media_player.kitchen", "auto_play": true}"#
            ),
        ],
        "POST /api/libraries/{name}/sync": [("/api/libraries/none/sync", "{}")],
        "GET /api/playlists/{id}": [("/api/playlists/none", nil)],
        "POST /api/history/webhook": [("/api/history/webhook", #"{"title": "T", "profile": "nobody"}"#)],
        "GET /api/history": [("/api/history?profile=nobody", nil)],
        "POST /api/history/reassign": [("/api/history/reassign", #"{"artist": "A", "to_profile": "nobody"}"#)],
        "POST /api/history/remove": [("/api/history/remove", #"{"profile": "nobody"}"#)],
        "POST /api/history/undo": [("/api/history/undo", #"{"undo_id": "none"}"#), ("/api/history/undo", nil)],
        "POST /api/profiles": [("/api/profiles", #"{"name": "antialias"}"#)],
        "GET /api/profiles/{name}": [("/api/profiles/nobody", nil)],
        "GET /api/profiles/{name}/taste": [("/api/profiles/nobody/taste", nil)],
        "PATCH /api/profiles/{name}": [("/api/profiles/nobody", nil)],
        "DELETE /api/profiles/{name}": [("/api/profiles/nobody", nil), ("/api/profiles/default", nil)],
        "POST /api/profiles/{name}/build-taste": [("/api/profiles/nobody/build-taste", nil)],
        "PUT /api/profiles/{name}/speakers": [("/api/profiles/nobody/speakers", nil)],
        "POST /api/profiles/{name}/token": [("/api/profiles/nobody/token", nil)],
        "DELETE /api/speakers/{speaker}": [
            ("/api/speakers/nowhere", nil), ("/api/speakers/media_player.kitchen", nil),
        ],
        "PUT /api/speakers/{speaker}/guest": [("/api/speakers/nowhere/guest", nil)],
        "PUT /api/speakers/{speaker}/profile": [("/api/speakers/nowhere/profile", nil)],
        "PUT /api/speakers/{speaker}/shared": [("/api/speakers/nowhere/shared", nil)],
        "GET /api/speakers/{speaker}/listener": [
            ("/api/speakers/nowhere/listener", nil), ("/api/speakers/media_player.kitchen/listener", nil),
        ],
        "PUT /api/speakers/{speaker}/listener": [
            ("/api/speakers/nowhere/listener", nil), ("/api/speakers/media_player.kitchen/listener", nil),
        ],
        "PUT /api/speakers/{speaker}/settings": [("/api/speakers/nowhere/settings", nil)],
        "PUT /api/visitor": [("/api/visitor", nil)],
        "POST /api/import/listens": [("/api/import/listens?profile=nobody", "x")],
        "GET /api/imports/{id}": [("/api/imports/none", nil)],
        "GET /assets/{path}": [("/assets/none", nil)],
        "GET /api/feedback": [("/api/feedback?profile=nobody", nil)],
        "POST /api/feedback": [
            ("/api/feedback", #"{"verdict": "like", "profile": "nobody", "track_id": 1}"#),
            ("/api/feedback", #"{"verdict": "like", "speaker_name": "media_player.kitchen"}"#),
        ],
        "DELETE /api/feedback/{id}": [("/api/feedback/999", nil)],
    ]

    private mutating func expectSuccess(
        _ operation: APIDocument.Operation, query: String, body: JSONValue?
    ) async throws {
        if operation.method == "DELETE" {
            try await send("POST", "/api/profiles", #"{"name": "antialias"}"#)
            try await send("POST", "/api/feedback", Self.like)
            try await send(
                "PUT", "/api/profiles/antialias/speakers", #"{"speakers": ["media_player.study_speaker_2"]}"#)
        }
        let json = try body.map { String(decoding: try WireJSON.encode($0), as: UTF8.self) } ?? operation.file
        let answer = try await send(operation.method, (filled(document.path(operation)) ?? "") + query, filled(json))
        #expect(answer.status / 100 == 2, "\(operation.name)\(query) \(json ?? ""): \(answer.body)")
    }

    /// Keeps the ids and tokens that later requests need.
    private mutating func learn(from answer: HTTPClient.Answer, to target: String) {
        if target == "/api/playlists/generate" { playlist = answer.json["id"]?.text ?? playlist }
        if target == "/api/feedback" { feedback = (answer.json["id"]?.number).map { Int($0) } ?? feedback }
        if target.hasPrefix("/api/import/") { importID = answer.json["id"]?.text ?? importID }
        undo = answer.json["undo_id"]?.text ?? undo
        token = answer.json["token"]?.text ?? token
    }

    private mutating func expect(
        _ status: Int, _ method: String, _ target: String, _ json: String?, headers: [String: String] = [:]
    ) async throws {
        let answer = try await send(method, target, json, headers: headers)
        #expect(answer.status == status, "\(method) \(target) \((json ?? "").prefix(80)): \(answer.body)")
    }

    private func filled(_ text: String?) -> String? {
        let id =
            text?.contains("undo_id") == true ? undo : text?.hasPrefix("/api/imports/") == true ? importID : playlist
        return text?.replacing(Self.exampleID, with: id).replacing("/feedback/1", with: "/feedback/\(feedback)")
    }

    @discardableResult
    private mutating func send(
        _ method: String, _ target: String, _ json: String? = nil, headers: [String: String] = [:]
    ) async throws -> HTTPClient.Answer {
        let authorization = target.hasPrefix("/1/") ? ["Authorization": "Token \(token)"] : [:]
        let operation = try #require(try document.operation(method, target), "\(method) \(target)")
        let fields = authorization.merging(headers) { $1 }
        let answer =
            operation.isStream
            ? try await server.http.beginning(of: target, headers: fields)
            : try await server.http.send(method, target, json, headers: fields)
        #expect(document.problems(answer, of: operation) == [], "\(method) \(target) \((json ?? "").prefix(80))")
        seen[operation.name, default: []].insert(answer.status)
        learn(from: answer, to: target)
        return answer
    }
}

extension APIDocument {
    /// The operations in the order of the routes.
    var inOrder: [Operation] {
        let order = Route.all.map { "\($0.method.rawValue) \($0.path)" }
        return operations.sorted { order.firstIndex(of: $0.name) ?? 0 < order.firstIndex(of: $1.name) ?? 0 }
    }
}

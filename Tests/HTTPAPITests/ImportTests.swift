import Foundation
import HauntTestSupport
import Household
import Synchronization
import Testing
import Wire

@testable import HTTPAPI

@Suite("Files by HTTP", .timeLimit(.minutes(15)))
struct ImportTests {
    private static let file = "timestamp,artist,title\nx\n"

    /// Asks for an import until it is over.
    private static func end(of id: String, on server: LiveServer) async throws -> JSONValue {
        while true {
            let view = try await server.http.send("GET", "/api/imports/\(id)").json
            if ["done", "failed"].contains(view["state"]?.text) { return view }
            await Task.yield()
        }
    }

    @Test("A file larger than other bodies may be is taken, imported, and shown by its id and as events")
    func large() async throws {
        try await LiveServer.open { server in
            try await server.http.stream { events in
                _ = try await events.next("state")
                let lines = String(repeating: "0123456789\n", count: 300_000)
                let taken = try await server.http.send("POST", "/api/import/catalog?name=my%20list.csv", lines)
                #expect(taken.status == 202)
                #expect(taken.json["name"]?.text == "my list.csv")
                #expect(taken.json["bytes"] == .number(3_300_000))
                var last: JSONValue?
                while last?["state"]?.text != "done" {
                    last = try #require(try await events.next("import_changed")).data
                }
                #expect(last?["added"] == .number(300_000))
                let view = try await Self.end(of: taken.json["id"]?.text ?? "", on: server)
                #expect(view == last)
            }
            let state = try await server.http.stream { events in try await events.next("state") }
            #expect(state?.data["imports"]?.items.count == 1)
        }
    }

    @Test("A file that breaks off is not imported, nothing of it is left, and there is room for others")
    func brokenOff() async throws {
        try await LiveServer.open { server in
            for _ in 1...2 * HTTPLimits.imports {
                let head = "POST /api/import/listens HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100000\r\n\r\n"
                // The client closes its half after the first bytes.
                try await server.http.sendAndClose(head + Self.file)
            }
            var taken = try await server.http.send("POST", "/api/import/listens", Self.file)
            while taken.status == 429 { taken = try await server.http.send("POST", "/api/import/listens", Self.file) }
            #expect(taken.status == 202)
            let state = try await server.http.stream { events in try await events.next("state") }
            #expect(state?.data["imports"]?.items.count == 1)
            let left = try FileManager.default.contentsOfDirectory(
                atPath: FileManager.default.temporaryDirectory.path)
            #expect(left.filter { $0.hasPrefix(".import-") } == [])
        }
    }

    @Test("Only a few files are taken at a time, and the newest are remembered")
    func bounds() async throws {
        let importer = WaitingImporter()
        try await LiveServer.open(importer: importer) { server in
            var ids: [String] = []
            for _ in 1...HTTPLimits.imports {
                let taken = try await server.http.send("POST", "/api/import/catalog", Self.file)
                ids.append(taken.json["id"]?.text ?? "")
            }
            let full = try await server.http.send("POST", "/api/import/catalog", Self.file)
            #expect(full.status == 429)
            #expect(full.headers["retry-after"] != nil)
            for _ in 1...30 { importer.letOneEnd() }
            _ = try await Self.end(of: ids[3], on: server)
            for _ in 1...HTTPLimits.rememberedImports {
                let taken = try await server.http.send("POST", "/api/import/catalog", Self.file)
                _ = try await Self.end(of: taken.json["id"]?.text ?? "", on: server)
            }
            let forgotten = try await server.http.send("GET", "/api/imports/\(ids[0])")
            #expect(forgotten.status == 404)
        }
    }

    @Test("An import that fails says why, and shows no inner cause")
    func failure() async throws {
        try await LiveServer.open(importer: FailingImporter()) { server in
            for (path, message) in [
                ("/api/import/listens", "The disk is full"), ("/api/import/catalog", nil as String?),
            ] {
                let taken = try await server.http.send("POST", path, Self.file)
                let view = try await Self.end(of: taken.json["id"]?.text ?? "", on: server)
                #expect(view["state"]?.text == "failed")
                if let message { #expect(view["message"]?.text == message) }
                #expect(view["message"]?.text?.contains("secret") == false)
                #expect(view["finished_at"] != .null)
            }
        }
    }

    @Test("A page of another site cannot import anything")
    func strangers() async throws {
        try await LiveServer.open { server in
            let headers = ["Origin": "https://evil.example", "Content-Type": "text/plain"]
            let answer = try await server.http.send("POST", "/api/import/listens", Self.file, headers: headers)
            #expect(answer.status == 400)
        }
    }
}

/// An importer that waits until it is told to end.
private final class WaitingImporter: FileImporter {
    private let (ends, end) = AsyncStream<Void>.makeStream()

    func letOneEnd() { end.yield() }

    func run(
        _ request: ImportRequest, path: String, progress: @escaping @Sendable (ImportCounts) -> Void
    ) async throws -> ImportCounts {
        for await _ in ends { break }
        return ImportCounts()
    }
}

/// An importer that fails in two ways.
private struct FailingImporter: FileImporter {
    private struct Cause: Error, CustomStringConvertible { let description = "secret" }

    func run(
        _ request: ImportRequest, path: String, progress: @escaping @Sendable (ImportCounts) -> Void
    ) async throws -> ImportCounts {
        if request.kind == .listens { throw HouseholdError(.unavailable, "The disk is full") }
        throw Cause()
    }
}

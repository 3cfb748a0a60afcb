import Foundation
import HauntTestSupport
import Testing
import Wire

@Suite("The daemon's imports by HTTP", .timeLimit(.minutes(15)))
struct ImportDaemonTests {
    private static func file(rows: Int) -> String {
        let start = Date(timeIntervalSince1970: 1_700_000_000)
        let lines = (0..<rows).map { row in
            let time = start.addingTimeInterval(Double(row) * 300).ISO8601Format()
            return "\(time),Artist \(row % 50),Title \(row % 500),200000"
        }
        return "timestamp,artist,title,ms_played\n" + lines.joined(separator: "\n") + "\n"
    }

    private static func imported(
        _ text: String, _ target: String = "/api/import/listens?profile=anna", by http: HTTPClient
    ) async throws -> JSONValue {
        try await imported(by: http) {
            let taken = try await http.send("POST", target, text)
            #expect(taken.status == 202, "\(taken.body)")
            return taken.json
        }
    }

    /// The import as it is when it is over.
    private static func imported(
        by http: HTTPClient, _ post: @Sendable () async throws -> JSONValue
    ) async throws -> JSONValue {
        try await http.stream { events in
            _ = try await events.next("state")
            let taken = try await post()
            while let view = try await events.next("import_changed")?.data {
                let isOver = ["done", "failed"].contains(view["state"]?.text)
                if isOver, view["id"] == taken["id"] { break }
            }
            return try await http.send("GET", "/api/imports/\(taken["id"]?.text ?? "")").json
        }
    }

    @Test("A file is read as by the command, is in the taste when it is done, and adds nothing the second time")
    func listens() async throws {
        let run = try await RunningHouse()
        let http = HTTPClient(port: run.haunt.httpPort)
        let text = Self.file(rows: 5_000) + "nonsense\n"
        let first = try await Self.imported(text, by: http)
        #expect(first["state"]?.text == "done")
        #expect(first["added"] == .number(5_000))
        #expect(first["unreadable"] == .number(1))
        #expect(first["problems"]?.items.first?["line"] == .number(5_002))
        #expect(first["bytes_read"] == first["bytes"])
        let profile = try await http.send("GET", "/api/profiles/anna")
        #expect(profile.json["stats"]?["event_count"] == .number(5_000))
        let again = try await Self.imported(text, by: http)
        #expect(again["added"] == .number(0))
        #expect(again["known"] == .number(5_000))
        let catalog = try await Self.imported(
            "artist,title,genres\nNina Simone,Feeling Good,jazz\n", "/api/import/catalog", by: http)
        #expect(catalog["added"] == .number(1))
        let taste = try await http.send("GET", "/api/profiles/anna/taste")
        #expect(taste.json["totals"]?["plays"] == .number(5_000))
        await run.end()
    }

    /// Named, because a run of tests prints the arguments.
    private static let texts = [
        "control characters": "\u{0}\u{1}\u{2}", "a brace": "{", "brackets": "[[[[[[[[[", "a mark": "\u{FEFF}",
        "unknown columns": "a,b,c\n1,2,3\n", "a long line": String(repeating: "x", count: 3_000_000),
        "empty lines": String(repeating: "\n", count: 100_000), "broken gzip": "\u{1F}\u{8B}not gzip at all",
        "deep brackets": "{\"a\":" + String(repeating: "[", count: 100_000),
    ]

    @Test("No garbage ends the daemon", arguments: texts.keys)
    func garbage(name: String) async throws {
        let text = try #require(Self.texts[name])
        let run = try await RunningHouse()
        let http = HTTPClient(port: run.haunt.httpPort)
        for path in ["/api/import/listens", "/api/import/catalog"] {
            let view = try await Self.imported(text, path, by: http)
            #expect(view["added"] == .number(0))
        }
        let health = try await http.send("GET", "/healthz")
        #expect(health.status == 200)
        await run.end()
    }

    @Test("A packed file that is hundreds of times its size when unpacked is refused, and the daemon goes on")
    func packedTooWell() async throws {
        let run = try await RunningHouse()
        let http = HTTPClient(port: run.haunt.httpPort)
        let url = "http://127.0.0.1:\(run.haunt.httpPort)/api/import/listens?profile=anna"
        let view = try await Self.imported(by: http) {
            let bomb = "head -c 200000000 /dev/zero | tr '\\0' x | fold -w 60000 | gzip -9"
            let posted = try await ChildProcess.run("sh", ["-c", "\(bomb) | curl -s --data-binary @- '\(url)'"])
            return try WireJSON.decode(posted.output.joined().utf8)
        }
        #expect(view["state"]?.text == "failed")
        #expect(view["message"]?.text?.contains("has more than 64 MiB") == true, "\(view)")
        #expect(try await http.send("GET", "/healthz").status == 200)
        await run.end()
    }

    @Test("A stop amid an import loses nothing and leaves no file behind")
    func stopped() async throws {
        let run = try await RunningHouse()
        let http = HTTPClient(port: run.haunt.httpPort)
        let text = Self.file(rows: 60_000)
        let taken = try await http.send("POST", "/api/import/listens?profile=anna", text)
        #expect(taken.status == 202)
        #expect(await run.haunt.stop() == 0)
        let folder = URL(filePath: run.haunt.storePath).deletingLastPathComponent().path
        let left = try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasPrefix(".import") }
        #expect(left == [])
        try await run.haunt.start()
        let view = try await Self.imported(text, by: http)
        #expect(view["state"]?.text == "done")
        let profile = try await http.send("GET", "/api/profiles/anna")
        #expect(profile.json["stats"]?["event_count"] == .number(60_000))
        await run.end()
    }
}

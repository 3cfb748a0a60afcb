import Foundation
import HauntTestSupport
import Household
import Logging
import Synchronization
import Testing

@testable import HTTPAPI

@Suite("Access by HTTP", .timeLimit(.minutes(15)))
struct AccessTests {
    private static let token = "correct-horse-battery-staple"

    @Test(
        "With a token set, every request for data needs it on loopback too, except health, metrics and the API document"
    )
    func token() async throws {
        try await LiveServer.open(token: Self.token) { server in
            for shown in ["", "Bearer", "Bearer wrong", "Bearer \(Self.token)x", "Basic \(Self.token)", Self.token] {
                for target in ["/api/profiles", "/api/nothing", "/nothing"] {
                    let answer = try await server.http.send("GET", target, headers: ["Authorization": shown])
                    #expect(answer.status == 401, "\(shown) \(target)")
                    #expect(answer.code == "unauthorized")
                    #expect(answer.headers["www-authenticate"]?.hasPrefix("Bearer") == true)
                }
            }
            for shown in ["Bearer \(Self.token)", "bearer  \(Self.token)"] {
                let answer = try await server.http.send("GET", "/api/profiles", headers: ["Authorization": shown])
                #expect(answer.status == 200)
            }
            let named = HTTPClient(port: server.port, token: Self.token)
            #expect(try await named.send("GET", "/api/profiles", headers: ["Host": "haunt.example"]).status == 200)
            for target in ["/healthz", "/metrics", "/openapi.json"] {
                #expect(try await server.http.send("GET", target).status == 200)
            }
        }
    }

    @Test("A public address requires a token")
    func refusal() throws {
        #expect(BearerToken("") == nil)
        #expect(throws: HouseholdError.self) {
            try HTTPService.servers(
                household: TestHouse().household, feed: EventFeed(),
                imports: ImportJobs(
                    importer: LineCounter(), folder: URL(filePath: "/tmp"), feed: EventFeed(),
                    logger: Logger(label: "test")),
                settings: [HTTPSettings(host: "0.0.0.0", port: 0, isLoopback: false, token: nil, version: "1")],
                logger: Logger(label: "test"), listening: { _ in })
        }
    }

    @Test("A token is not printed, nor is a value that contains it")
    func secrecy() throws {
        let token = try #require(BearerToken(Self.token))
        let settings = HTTPSettings(host: "::", port: 0, isLoopback: false, token: token, version: "1")
        var dumped = ""
        dump(settings, to: &dumped)
        for text in ["\(token)", "\(settings)", String(reflecting: settings), dumped] {
            #expect(!text.contains(Self.token))
        }
    }

    @Test("When other machines can reach the server, health, metrics and the API document require the token too")
    func openRoutes() async throws {
        try await LiveServer.open(token: Self.token, isLoopback: false) { server in
            for target in ["/healthz", "/metrics", "/openapi.json"] {
                let nameless = try await server.http.send("GET", target)
                #expect(nameless.status == 401)
                let named = try await HTTPClient(port: server.port, token: Self.token).send("GET", target)
                #expect(named.status == 200)
            }
        }
    }

    @Test("A request with a foreign host name is refused")
    func rebinding() async throws {
        try await LiveServer.open { server in
            for host in ["evil.example", "evil.example:8742", "127.0.0.1.evil.example", "192.168.1.2"] {
                let answer = try await server.http.send("GET", "/api/profiles", headers: ["Host": host])
                #expect(answer.status == 400, "\(host)")
                #expect(answer.code == "bad_request")
            }
            for host in ["localhost", "LOCALHOST:80", "127.0.0.1:8742", "127.1.2.3", "[::1]:8742", "haunt.localhost"] {
                #expect(
                    try await server.http.send("GET", "/api/profiles", headers: ["Host": host]).status == 200, "\(host)"
                )
            }
        }
    }

    @Test("A page of another site can neither change nor read anything")
    func strangePages() async throws {
        try await LiveServer.open { server in
            for origin in ["https://evil.example", "null"] {
                let answer = try await server.http.send(
                    "POST", "/api/profiles/anna/build-taste", headers: ["Origin": origin])
                #expect(answer.status == 400, "\(origin)")
            }
            let own = try await server.http.send(
                "POST", "/api/profiles/anna/build-taste", headers: ["Origin": "http://localhost:8742"])
            #expect(own.status == 200)
            let read = try await server.http.send("GET", "/api/profiles", headers: ["Origin": "https://evil.example"])
            #expect(read.status == 200)
            #expect(read.headers["access-control-allow-origin"] == nil)
        }
    }

    @Test("The log has the request id of the answer, and neither tokens nor bodies")
    func log() async throws {
        let lines = Mutex<[String]>([])
        let logger = Logger(label: "test") { _ in RecordingLogHandler { line in lines.withLock { $0.append(line) } } }
        try await LiveServer.open(token: Self.token, logger: logger) { server in
            let named = HTTPClient(port: server.port, token: Self.token)
            let answer = try await named.send("GET", "/api/recommendations?vibe=secretly")
            let id = try #require(answer.headers["x-request-id"])
            let mine = lines.withLock { $0 }.filter { $0.contains(id) }
            #expect(mine.count == 1)
            #expect(mine.first?.contains("GET /api/recommendations") == true)
            #expect(lines.withLock { $0 }.allSatisfy { !$0.contains(Self.token) && !$0.contains("secretly") })
        }
    }
}

private struct RecordingLogHandler: LogHandler {
    var metadata: Logger.Metadata = [:]
    var logLevel: Logger.Level = .debug
    let record: @Sendable (String) -> Void

    init(_ record: @escaping @Sendable (String) -> Void) { self.record = record }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        record("\(event.level) \(event.message) \(metadata.merging(event.metadata ?? [:]) { $1 })")
    }
}

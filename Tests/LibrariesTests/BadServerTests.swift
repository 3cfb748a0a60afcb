import HauntTestSupport
import Household
import Testing

@testable import Libraries

/// Servers that answer badly.
struct BadServerTests {
    private func problem(_ reply: StubServer.Reply, patience: Duration = .seconds(10)) async throws -> LibraryProblem? {
        let server = try await StubServer { _ in reply }
        let client = LibraryHTTPClient(place: LibraryPlace(library: "nas", address: server.url), base: server.url)
        let problem = await #expect(throws: LibraryProblem.self) {
            _ = try await client.get("/x", [("secret", "hidden")], patience: patience)
        }
        #expect(problem?.message.contains("nas at \(server.url)") == true)
        #expect(problem?.message.contains("hidden") == false)
        return problem
    }

    @Test(
        "tells in words which answer cannot be read",
        arguments: [
            (StubServer.Reply.status(500), LibraryProblem.Kind.away), (.status(503), .away), (.status(401), .refused),
            (.status(403), .refused), (.status(404), .malformed), (.json("<html>"), .malformed),
            (.json("{\"a\":"), .malformed),
            (.raw("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"), .away), (.raw("SSH-2.0\r\n\r\n"), .malformed),
            (.raw(""), .away), (.endless, .malformed),
            (.json(String(repeating: "[", count: 10_000)), .malformed),
        ])
    func answers(reply: StubServer.Reply, kind: LibraryProblem.Kind) async throws {
        #expect(try await problem(reply)?.kind == kind)
    }

    @Test("follows no redirect")
    func redirect() async throws {
        let other = try await StubServer { _ in .json("{}") }
        let problem = try await problem(.status(302, headers: ["Location": other.url]))
        #expect(problem?.kind == .malformed)
        #expect(problem?.message.contains("redirects") == true)
        #expect(other.requests.isEmpty)
    }

    @Test("does not wait for ever")
    func silence() async throws {
        #expect(try await problem(.silence, patience: .milliseconds(50))?.kind == .away)
    }

    @Test("does not wait for a server that says nothing when nobody wants its answer any more")
    func silentUntilCancelled() async throws {
        for kind in [LibrarySettings.Kind.subsonic, .audiomuse, .musicAssistant] {
            let (arrivals, arrival) = AsyncStream<Void>.makeStream()
            let server = try await StubServer { _ in
                arrival.finish()
                return .silence
            }
            let connector = try makeConnector(LibrarySettings(name: "nas", kind: kind, url: server.url))
            let asking = Task { try await connector.page(at: nil) }
            for await _ in arrivals {}
            asking.cancel()
            await #expect(throws: CancellationError.self) { _ = try await asking.value }
        }
    }

    @Test("ends the words of a server with one full stop")
    func fullStop() async throws {
        let answer = #"{"subsonic-response":{"status":"failed","error":{"code":50,"message":"Not for you. "}}}"#
        let server = try await StubServer { _ in .json(answer) }
        let connector = try makeConnector(LibrarySettings(name: "nas", kind: .subsonic, url: server.url))
        let problem = await #expect(throws: LibraryProblem.self) { _ = try await connector.page(at: nil) }
        #expect(problem?.message.contains(": Not for you. Check") == true, "\(problem?.message ?? "")")
    }

    @Test("says that nothing listens there")
    func nobody() async throws {
        let url = "http://127.0.0.1:\(freeLoopbackPort())"
        for kind in [LibrarySettings.Kind.subsonic, .audiomuse, .musicAssistant] {
            let connector = try makeConnector(LibrarySettings(name: "nas", kind: kind, url: url))
            let problem = await #expect(throws: LibraryProblem.self) { _ = try await connector.page(at: nil) }
            #expect(problem?.kind == .away)
            #expect(problem?.message.contains("nothing listens there") == true)
        }
    }

    @Test("says that a server does not speak TLS")
    func noTLS() async throws {
        let server = try await StubServer { _ in .json("{}") }
        for kind in [LibrarySettings.Kind.subsonic, .audiomuse, .musicAssistant] {
            let settings = LibrarySettings(name: "nas", kind: kind, url: "https://127.0.0.1:\(server.port)")
            let problem = await #expect(throws: LibraryProblem.self) {
                _ = try await makeConnector(settings).page(at: nil)
            }
            #expect(problem?.kind == .away)
        }
    }

    @Test(
        "refuses an address that is none, or has a password",
        arguments: ["nas", "ftp://nas", "http://", "http://u:p@nas"])
    func addresses(url: String) {
        let problem = #expect(throws: LibraryProblem.self) {
            _ = try makeConnector(LibrarySettings(name: "nas", kind: .subsonic, url: url))
        }
        #expect(problem?.message.contains("p@") == false)
    }

    @Test("tells what is no Subsonic server, no AudioMuse and no Music Assistant")
    func wrongKinds() async throws {
        for body in ["{}", "[]", "7", "null", #"{"tracks":7,"subsonic-response":[]}"#] {
            let server = try await StubServer { _ in .json(body) }
            for kind in [LibrarySettings.Kind.subsonic, .audiomuse, .musicAssistant] {
                let connector = try makeConnector(LibrarySettings(name: "nas", kind: kind, url: server.url))
                let problem = await #expect(throws: LibraryProblem.self) { _ = try await connector.page(at: nil) }
                #expect(problem?.kind == .malformed)
            }
        }
    }
}

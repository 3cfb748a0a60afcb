import HauntTestSupport
import Testing

@testable import HTTPAPI

@Suite("Connections to the HTTP server", .timeLimit(.minutes(15)))
struct ConnectionLimitTests {
    @Test(
        "Clients that send nothing, or only part of a request, keep nobody else out",
        arguments: ["", "GET /healthz HTTP/1.1\r\n", "POST /api/feedback HTTP/1.1\r\nContent-Length: 99\r\n\r\n{"])
    func silentClients(part: String) async throws {
        try await LiveServer.open(connections: 4) { server in
            try await withThrowingTaskGroup { group in
                let (sent, continuation) = AsyncStream<Void>.makeStream()
                for _ in 0..<4 {
                    group.addTask { _ = try await server.http.send(raw: part) { continuation.yield() } }
                }
                var waiting = sent.makeAsyncIterator()
                for _ in 0..<4 { await waiting.next() }
                for _ in 0..<8 {
                    let answer = try await server.http.send("GET", "/healthz")
                    #expect(answer.status == 200)
                }
                group.cancelAll()
            }
        }
    }
}

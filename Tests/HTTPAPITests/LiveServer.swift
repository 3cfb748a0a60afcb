import HauntTestSupport
import Household
import Logging
import Wire

@testable import HTTPAPI

/// A household with its HTTP server on a free port.
struct LiveServer: Sendable {
    let house: TestHouse
    let http: HTTPClient
    let port: Int

    /// Runs the server while a test runs.
    ///
    /// - Parameters:
    ///   - house: The household; nil for ``TestHouse/withTwoPeople(store:clock:)``.
    ///   - token: The token that requests must have.
    ///   - isLoopback: Whether the settings say that only this machine can reach it.
    ///   - peer: The only address that may ask.
    ///   - feed: The events of the household.
    ///   - requests: Largest number of requests in progress.
    ///   - logger: The logger of the server.
    ///   - body: The test.
    /// - Throws: What the test throws.
    static func open(
        _ house: TestHouse? = nil, token: String? = nil, isLoopback: Bool = true,
        peer: String? = nil,
        feed: EventFeed = EventFeed(),
        requests: Int = HTTPLimits.requests,
        logger: Logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
        _ body: (LiveServer) async throws -> Void
    ) async throws {
        let house = try house ?? TestHouse.withTwoPeople(observer: feed)
        let ports = AsyncStream<Int>.makeStream()
        let service = try HTTPService(
            household: house.household, feed: feed,
            settings: HTTPSettings(
                host: "127.0.0.1", port: 0, isLoopback: isLoopback, token: token.flatMap(BearerToken.init),
                peer: peer, version: "1.2.3"),
            requests: RequestCounters(limit: requests), logger: logger,
            listening: { ports.continuation.yield($0) })
        try await withThrowingTaskGroup { group in
            group.addTask {
                defer { ports.continuation.finish() }
                try await service.run()
            }
            if let port = await ports.stream.first(where: { _ in true }) {
                try await body(LiveServer(house: house, http: HTTPClient(port: port), port: port))
            }
            group.cancelAll()
            try await group.waitForAll()
        }
    }
}

extension HTTPClient.Answer {
    /// The code of the error in the body.
    var code: String? { json["error"]?["code"]?.text }
    /// The field of the error in the body.
    var field: String? { json["error"]?["field"]?.text }
}

import HauntTestSupport
import Household
import Logging
import Wire

@testable import HTTPAPI

/// A house with its HTTP front door open on a free port of this machine.
struct LiveServer: Sendable {
    let house: TestHouse
    let http: HTTPClient
    let port: Int

    /// How the rest of the daemon is, for tests that do not care.
    static let quiet = DaemonStatus(brokerProblem: nil, inboundDepth: 0, outboundDepth: 0, messages: [:])

    /// Opens the door while a test looks in.
    ///
    /// - Parameters:
    ///   - house: The house; one of two people when nil.
    ///   - token: What requests must show.
    ///   - isLoopback: Whether it is said to be reachable from this machine alone.
    ///   - status: How the rest of the daemon is.
    ///   - requests: Most requests it works on at a time.
    ///   - logger: Takes what the door logs.
    ///   - body: The test.
    /// - Throws: What the test throws.
    static func open(
        _ house: TestHouse? = nil, token: String? = nil, isLoopback: Bool = true, status: DaemonStatus = quiet,
        requests: Int = HTTPLimits.requests,
        logger: Logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
        _ body: (LiveServer) async throws -> Void
    ) async throws {
        let house = try house ?? TestHouse.withTwoPeople()
        let ports = AsyncStream<Int>.makeStream()
        let service = try HTTPService(
            household: house.household,
            settings: HTTPSettings(
                host: "127.0.0.1", port: 0, isLoopback: isLoopback, token: token.flatMap(BearerToken.init),
                version: "1.2.3"),
            status: { status }, requests: RequestCounters(limit: requests), logger: logger,
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
    /// The code of the error it tells of.
    var code: String? { json["error"]?["code"]?.text }
    /// The field that the error names.
    var field: String? { json["error"]?["field"]?.text }
}

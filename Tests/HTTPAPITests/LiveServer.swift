import Foundation
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
    ///   - importer: Reads files.
    ///   - requests: Largest number of requests in progress.
    ///   - connections: Largest number of connections.
    ///   - logger: The logger of the server.
    ///   - body: The test.
    /// - Throws: What the test throws.
    static func open(
        _ house: TestHouse? = nil, token: String? = nil, isLoopback: Bool = true,
        peer: String? = nil,
        feed: EventFeed = EventFeed(),
        importer: any FileImporter = LineCounter(),
        requests: Int = HTTPLimits.requests,
        connections: Int = HTTPLimits.connections,
        logger: Logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
        _ body: (LiveServer) async throws -> Void
    ) async throws {
        // A library whose addresses no player knows leaves every track on the lists.
        let libraries = [LibrarySettings(name: "ma", kind: .audiomuse)]
        let house = try house ?? TestHouse.withTwoPeople(observer: feed, libraries: libraries)
        let ports = AsyncStream<Int>.makeStream()
        let imports = ImportJobs(
            importer: importer, folder: FileManager.default.temporaryDirectory, feed: feed, logger: logger)
        let service = try HTTPService(
            household: house.household, feed: feed, imports: imports,
            settings: HTTPSettings(
                host: "127.0.0.1", port: 0, isLoopback: isLoopback, token: token.flatMap(BearerToken.init),
                peer: peer, version: "1.2.3"),
            requests: RequestCounters(limit: requests), connections: connections, logger: logger,
            listening: { ports.continuation.yield($0) })
        try await withThrowingTaskGroup { group in
            group.addTask {
                defer { ports.continuation.finish() }
                try await service.run()
            }
            group.addTask { try await imports.run() }
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

/// An importer that counts lines as rows that are new.
struct LineCounter: FileImporter {
    func run(
        _ request: ImportRequest, path: String, progress: @escaping @Sendable (ImportCounts) -> Void
    ) async throws -> ImportCounts {
        let data = try Data(contentsOf: URL(filePath: path))
        var counts = ImportCounts()
        counts.bytesRead = data.count
        counts.added = data.count { $0 == UInt8(ascii: "\n") }
        return counts
    }
}

import Foundation
import HauntTestSupport
import Logging
import MQTTClient
import Testing

/// A client that runs during a test, and its events one at a time.
final class TestClient {
    let client: MQTTClient
    private var iterator: MQTTEvents.Iterator
    private var pending: [MQTTEvent] = []

    private init(_ client: MQTTClient) {
        self.client = client
        iterator = client.events.makeAsyncIterator()
    }

    /// Runs a client while `body` works with it, then stops it.
    @discardableResult
    static func with<Result: Sendable>(
        _ configuration: MQTTConfiguration, logger: Logger = .silent, body: (TestClient) async throws -> Result
    ) async throws -> Result {
        let client = MQTTClient(configuration: configuration, logger: logger)
        let running = Task { try await client.run() }
        do {
            let result = try await body(TestClient(client))
            running.cancel()
            try await running.value
            return result
        } catch {
            running.cancel()
            try? await running.value
            throw error
        }
    }

    /// Runs a client until its first `disconnected` event.
    static func failure(of configuration: MQTTConfiguration) async throws -> MQTTError {
        try await with(configuration) { test in try await test.disconnected() }
    }

    func next() async throws -> MQTTEvent {
        while pending.isEmpty { pending = try #require(await iterator.next(), "The events ended.") }
        return pending.removeFirst()
    }

    /// Waits for a message. Other events are skipped.
    func message() async throws -> MQTTMessage {
        while true {
            if case .message(let message) = try await next() { return message }
        }
    }

    /// Waits for `connected`.
    @discardableResult
    func connected() async throws -> Bool {
        while true {
            if case .connected(let sessionPresent) = try await next() { return sessionPresent }
        }
    }

    /// Waits for `disconnected`.
    func disconnected() async throws -> MQTTError {
        while true {
            if case .disconnected(let error, _) = try await next() { return error }
        }
    }
}

/// A log handler whose messages a test can wait for.
struct LogLines: LogHandler {
    var metadata: Logger.Metadata = [:]
    var logLevel = Logger.Level.debug
    let lines: AsyncStream<String>
    private let continuation: AsyncStream<String>.Continuation

    init() {
        (lines, continuation) = AsyncStream.makeStream()
    }

    var logger: Logger { Logger(label: "test") { _ in self } }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        continuation.yield(event.message.description)
    }
}

extension Logger {
    /// A logger that discards everything.
    static let silent = Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })
}

extension MQTTConfiguration {
    /// A unique client id, a short back-off, and the broker's CA.
    init(_ broker: MosquittoProcess) {
        self.init(url: broker.url, clientID: "test-\(UUID().uuidString)")
        backoff = ReconnectBackoff(initial: .milliseconds(20), maximum: .milliseconds(100))
        tls.caFile = broker.certificates?.caFile
    }
}

extension MQTTPublication {
    init(_ topic: String, _ text: String, qos: MQTTQoS = .atLeastOnce, retain: Bool = false) throws {
        self.init(topic: try TopicName(topic), payload: Array(text.utf8), qos: qos, retain: retain)
    }
}

extension MQTTMessage {
    var text: String { String(decoding: payload, as: UTF8.self) }
}

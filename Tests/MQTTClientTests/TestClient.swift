import Foundation
import HauntTestSupport
import Logging
import MQTTClient
import Testing

/// A client that runs for the length of a test, and the events it had, one at a time.
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

    /// Why a client of this configuration is not, or no more, connected.
    static func failure(of configuration: MQTTConfiguration) async throws -> MQTTError {
        try await with(configuration) { test in try await test.disconnected() }
    }

    /// The next event.
    func next() async throws -> MQTTEvent {
        while pending.isEmpty { pending = try #require(await iterator.next(), "The events ended.") }
        return pending.removeFirst()
    }

    /// The next message; whatever else happens is passed over.
    func message() async throws -> MQTTMessage {
        while true {
            if case .message(let message) = try await next() { return message }
        }
    }

    /// Waits until the broker lets us in.
    @discardableResult
    func connected() async throws -> Bool {
        while true {
            if case .connected(let sessionPresent) = try await next() { return sessionPresent }
        }
    }

    /// Waits until the connection is gone, or cannot be made.
    func disconnected() async throws -> MQTTError {
        while true {
            if case .disconnected(let error) = try await next() { return error }
        }
    }
}

extension Logger {
    /// Says nothing.
    static let silent = Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })
}

extension MQTTConfiguration {
    /// A client of this broker with an id of its own that tries again soon.
    init(_ broker: MosquittoProcess) {
        self.init(url: broker.url, clientID: "test-\(UUID().uuidString)")
        backoff = ReconnectBackoff(initial: .milliseconds(20), maximum: .milliseconds(100))
        tls.caFile = broker.certificates?.caFile
    }
}

extension MQTTPublication {
    /// A publication of text.
    init(_ topic: String, _ text: String, qos: MQTTQoS = .atLeastOnce, retain: Bool = false) throws {
        self.init(topic: try TopicName(topic), payload: Array(text.utf8), qos: qos, retain: retain)
    }
}

extension MQTTMessage {
    /// The payload as text.
    var text: String { String(decoding: payload, as: UTF8.self) }
}

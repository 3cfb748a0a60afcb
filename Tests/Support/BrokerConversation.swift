import Foundation
import Logging
public import MQTTClient
public import Wire

/// An MQTT client that keeps all messages of its subscriptions, so that a test can wait for one of them.
public actor BrokerConversation {
    private let client: MQTTClient
    private var received: [MQTTMessage] = []
    private var waiters: [Waiter] = []
    private var running: Task<Void, any Error>?
    private var reading: Task<Void, Never>?

    private struct Waiter {
        var matches: @Sendable (MQTTMessage) -> Bool
        var continuation: CheckedContinuation<MQTTMessage, Never>
    }

    /// Connects and returns when the subscriptions are in effect.
    ///
    /// - Parameters:
    ///   - url: The broker.
    ///   - filters: The topic filters to subscribe to.
    /// - Throws: ``MQTTError`` when a filter is invalid.
    public init(_ url: MQTTURL, hearing filters: [String]) async throws {
        let configuration = MQTTConfiguration(url: url, clientID: "listener-\(UUID().uuidString)")
        let silence = Logger(label: "conversation") { _ in SwiftLogNoOpLogHandler() }
        client = MQTTClient(configuration: configuration, logger: silence)
        client.subscribe(to: try filters.map { try TopicFilter($0) } + [TopicFilter("test/echo/#")])
        running = Task { [client] in try await client.run() }
        reading = Task { [client, weak self] in
            for await batch in client.events {
                for event in batch {
                    if case .message(let message) = event { await self?.take(message) }
                }
            }
        }
        // The broker handles the packets of a client in order. When the echo arrives, it has handled the subscriptions.
        let echo = "test/echo/\(UUID().uuidString)"
        try say("", on: echo)
        _ = await next { $0.topic == echo }
    }

    /// Publishes a message.
    public nonisolated func say(
        _ payload: String, on topic: String, retain: Bool = false, responseTopic: String? = nil,
        correlationData: [UInt8]? = nil
    ) throws {
        try client.publish(
            MQTTPublication(
                topic: TopicName(topic), payload: Array(payload.utf8), retain: retain,
                responseTopic: responseTopic.map { try TopicName($0) }, correlationData: correlationData))
    }

    /// Returns and removes the first message that matches, and waits for it if need be.
    public func next(where matches: @escaping @Sendable (MQTTMessage) -> Bool) async -> MQTTMessage {
        if let index = received.firstIndex(where: matches) { return received.remove(at: index) }
        return await withCheckedContinuation { waiters.append(Waiter(matches: matches, continuation: $0)) }
    }

    /// Returns and removes the first JSON on a topic that matches, and waits for it if need be.
    public func next(
        on topic: String, where matches: @escaping @Sendable (JSONValue) -> Bool = { _ in true }
    ) async -> JSONValue {
        let message = await next { message in
            message.topic == topic && (try? WireJSON.decode(message.payload)).map(matches) == true
        }
        return (try? WireJSON.decode(message.payload)) ?? .null
    }

    /// The messages that were not removed yet.
    public var backlog: [MQTTMessage] { received }

    /// Disconnects.
    public func end() async {
        running?.cancel()
        _ = await running?.result
        reading?.cancel()
    }

    private func take(_ message: MQTTMessage) {
        guard let index = waiters.firstIndex(where: { $0.matches(message) }) else {
            received.append(message)
            return
        }
        waiters.remove(at: index).continuation.resume(returning: message)
    }
}

extension JSONValue {
    /// The text it is.
    public var text: String? { if case .string(let text) = self { text } else { nil } }
    /// The number it is.
    public var number: Double? { if case .number(let number) = self { number } else { nil } }
    /// The items it has.
    public var items: [JSONValue] { if case .array(let items) = self { items } else { [] } }
}

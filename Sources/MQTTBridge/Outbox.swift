import Foundation
import Logging
import MQTTClient
import Synchronization
import Wire

/// Writes JSON to topics, and knows what the broker should keep.
///
/// ## Concurrency model
/// It is called from any thread and only queues, so it never holds its caller up. What is retained is in a mutex.
final class Outbox: Sendable {
    private let client: MQTTClient
    private let logger: Logger
    /// What the broker should keep, by topic.
    private let kept = Mutex<[String: [UInt8]]>([:])

    init(client: MQTTClient, logger: Logger) {
        self.client = client
        self.logger = logger
    }

    /// Queues JSON for a topic.
    func publish(_ value: some Encodable, to topic: String) {
        guard let payload = encoded(value, for: topic) else { return }
        publish(payload, to: topic)
    }

    /// Queues the answer to a request, and a small one for a broker that does not accept a packet of its size.
    func reply(_ value: some Encodable, or smaller: some Encodable, to topic: String, correlationData: [UInt8]?) {
        guard let payload = encoded(value, for: topic) else { return }
        publish(payload, to: topic, correlationData: correlationData, fallback: encoded(smaller, for: topic))
    }

    /// Queues JSON for a topic, retained.
    func keep(_ value: some Encodable, on topic: String) {
        guard let payload = encoded(value, for: topic) else { return }
        // Queued under the lock, so that an older value never follows a newer one.
        kept.withLock { kept in
            kept[topic] = payload
            publish(payload, to: topic, retain: true)
        }
    }

    /// Queues again what the broker should keep on a topic.
    func repeatKept(on topic: String) {
        kept.withLock { kept in
            if let payload = kept[topic] { publish(payload, to: topic, retain: true) }
        }
    }

    /// Has the broker forget a topic.
    func clear(_ topic: String) {
        kept.withLock { kept in
            kept[topic] = nil
            publish([], to: topic, retain: true)
        }
    }

    /// Whether the broker should keep something on a topic.
    func isKept(_ topic: String) -> Bool { kept.withLock { $0[topic] != nil } }

    /// Whether the broker is connected.
    var isConnected: Bool { client.isConnected }

    /// Queues commands for a speaker, in place of older ones of the same speaker that still wait.
    func send(_ messages: [CommandMessage], to speaker: String, expiringAfterS seconds: UInt32) {
        client.withdraw(group: speaker)
        for message in messages {
            do {
                var publication = try MQTTPublication(topic: TopicName(message.topic), payload: message.payload)
                publication.messageExpiryS = seconds
                publication.group = speaker
                try client.publish(publication)
            } catch {
                logger.warning("Cannot publish to \(message.topic): \(error)")
            }
        }
    }

    /// Queues bytes for a topic.
    func publish(
        _ payload: [UInt8], to topic: String, retain: Bool = false, correlationData: [UInt8]? = nil,
        fallback: [UInt8]? = nil
    ) {
        do {
            var publication = try MQTTPublication(
                topic: TopicName(topic), payload: payload, retain: retain, correlationData: correlationData)
            publication.fallback = fallback
            try client.publish(publication)
        } catch {
            logger.warning("Cannot publish to \(topic): \(error)")
        }
    }

    private func encoded(_ value: some Encodable, for topic: String) -> [UInt8]? {
        do {
            return [UInt8](try WireJSON.encode(value))
        } catch {
            logger.warning("Cannot write what goes to \(topic): \(error)")
            return nil
        }
    }
}

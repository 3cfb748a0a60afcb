import Foundation
import Household
import Logging
import MQTTClient
import Synchronization
import Wire

/// Publishes JSON, and remembers the retained payload of each topic.
///
/// ## Concurrency model
/// It is called from any thread. It only queues messages, so it never blocks its caller. The retained payloads are in a
/// mutex.
final class Outbox: Sendable {
    private let client: MQTTClient
    private let logger: Logger
    /// The payloads that the broker should retain, by topic.
    private let retained = Mutex<[String: [UInt8]]>([:])

    init(client: MQTTClient, logger: Logger) {
        self.client = client
        self.logger = logger
    }

    /// Publishes JSON.
    func publish(_ value: some Encodable, to topic: String) {
        guard let payload = encoded(value, for: topic) else { return }
        publish(payload, to: topic)
    }

    /// Publishes an event.
    func publish(_ announcement: Announcement, to topic: String) {
        guard let payload = written(for: topic, { try announcement.json }) else { return }
        publish(payload, to: topic)
    }

    /// Queues the answer to a request, and a small one for a broker that does not accept a packet of its size.
    func reply(_ value: some Encodable, or smaller: some Encodable, to topic: String, correlationData: [UInt8]?) {
        guard let payload = encoded(value, for: topic) else { return }
        publish(payload, to: topic, correlationData: correlationData, fallback: encoded(smaller, for: topic))
    }

    /// Publishes JSON, retained.
    func publishRetained(_ value: some Encodable, to topic: String) {
        guard let payload = encoded(value, for: topic) else { return }
        // Queued under the lock, so that an older value never follows a newer one.
        retained.withLock { retained in
            retained[topic] = payload
            publish(payload, to: topic, retain: true)
        }
    }

    /// Publishes the retained payload of a topic again.
    func republishRetained(on topic: String) {
        retained.withLock { retained in
            if let payload = retained[topic] { publish(payload, to: topic, retain: true) }
        }
    }

    /// Removes the retained message of a topic from the broker.
    func clearRetained(on topic: String) {
        retained.withLock { retained in
            retained[topic] = nil
            publish([], to: topic, retain: true)
        }
    }

    /// Whether the broker should retain a message on a topic.
    func isRetained(_ topic: String) -> Bool { retained.withLock { $0[topic] != nil } }

    /// The connection, without what only the bridge counts.
    var status: BrokerStatus {
        let counters = client.counters
        var status = BrokerStatus()
        status.problem = client.isConnected ? nil : client.lastError?.message ?? "not connected yet"
        status.connects = counters.connects
        status.tooLargeTopics = client.tooLargeTopics
        status.inboundDepth = counters.inboundDepth
        status.outboundDepth = counters.outboundDepth
        status.received = counters.received
        status.dropped = counters.droppedInbound + counters.oversized
        status.droppedOutbound = counters.droppedOutbound
        status.published = counters.published
        return status
    }

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

    /// Publishes bytes.
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
        written(for: topic) { try WireJSON.encode(value) }
    }

    private func written(for topic: String, _ json: () throws -> Data) -> [UInt8]? {
        do {
            return [UInt8](try json())
        } catch {
            logger.warning("Cannot encode the payload for \(topic): \(error)")
            return nil
        }
    }
}

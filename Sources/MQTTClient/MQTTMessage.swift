public import Foundation

/// MQTT quality of service.
public enum MQTTQoS: UInt8, Sendable, Comparable, CaseIterable {
    /// Sent once. A message is lost when the connection is lost.
    case atMostOnce = 0
    /// Sent until acknowledged. A message may arrive twice.
    case atLeastOnce = 1
    /// Acknowledged twice, so a message arrives once per session. It may arrive twice after a reconnect with a clean
    /// session.
    case exactlyOnce = 2

    public static func < (lhs: MQTTQoS, rhs: MQTTQoS) -> Bool {
        lhs.rawValue < rhs.rawValue
    }
}

/// A received message. Its content is untrusted input.
public struct MQTTMessage: Equatable, Sendable {
    /// The topic. Bytes that are not UTF-8 are replaced.
    public var topic: String
    /// The payload, possibly empty.
    public var payload: [UInt8]
    /// Whether the broker replayed a retained message at subscription.
    public var isRetained: Bool
    public var qos: MQTTQoS
    /// MQTT 5 Response Topic as the sender wrote it, not validated.
    public var responseTopic: String?
    /// MQTT 5 Correlation Data. An answer must carry the same bytes.
    public var correlationData: [UInt8]?
    /// Time of arrival on the connection, before any waiting in the queue.
    public var receivedAt: Date
    /// The same instant on the clock that nobody sets, in seconds since the machine started.
    public var receivedUptimeS: Double

    public init(
        topic: String, payload: [UInt8], isRetained: Bool = false, qos: MQTTQoS = .atMostOnce,
        responseTopic: String? = nil, correlationData: [UInt8]? = nil, receivedAt: Date, receivedUptimeS: Double = 0
    ) {
        self.topic = topic
        self.payload = payload
        self.isRetained = isRetained
        self.qos = qos
        self.responseTopic = responseTopic
        self.correlationData = correlationData
        self.receivedAt = receivedAt
        self.receivedUptimeS = receivedUptimeS
    }

    /// Estimated memory while queued, in bytes.
    var cost: Int {
        payload.count + topic.utf8.count + (correlationData?.count ?? 0) + MQTTLimits.overheadBytes
    }
}

/// A message to publish.
public struct MQTTPublication: Equatable, Sendable {
    public var topic: TopicName
    /// The payload. An empty retained publication clears the retained message of the topic.
    public var payload: [UInt8]
    public var qos: MQTTQoS
    /// Whether the broker keeps the message for later subscribers.
    public var retain: Bool
    /// MQTT 5 Response Topic.
    public var responseTopic: TopicName?
    /// MQTT 5 Correlation Data, at most 65,535 bytes.
    public var correlationData: [UInt8]?
    /// MQTT 5 Message Expiry Interval in seconds. It counts from `publish`, so it includes the time in the client's
    /// queue. nil means that the message never expires.
    public var messageExpiryS: UInt32?

    public init(
        topic: TopicName, payload: [UInt8], qos: MQTTQoS = .atLeastOnce, retain: Bool = false,
        responseTopic: TopicName? = nil, correlationData: [UInt8]? = nil, messageExpiryS: UInt32? = nil
    ) {
        self.topic = topic
        self.payload = payload
        self.qos = qos
        self.retain = retain
        self.responseTopic = responseTopic
        self.correlationData = correlationData
        self.messageExpiryS = messageExpiryS
    }

    /// Estimated memory while queued, in bytes.
    var cost: Int {
        payload.count + topic.string.utf8.count + (correlationData?.count ?? 0) + MQTTLimits.overheadBytes
    }
}

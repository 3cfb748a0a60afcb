public import Foundation

/// A message as it came from the broker; nothing in it is trusted yet.
public struct MQTTMessage: Equatable, Sendable {
    /// The topic it came on; bytes that are no UTF-8 are replaced, never trapped on.
    public var topic: String
    /// The bytes, perhaps none.
    public var payload: [UInt8]
    /// Whether the broker kept it from earlier: a replay at subscription, not something that happens now.
    public var isRetained: Bool
    /// The promise it was delivered with.
    public var qos: MQTTQoS
    /// Where the sender wants an answer (MQTT 5), as sent.
    public var responseTopic: String?
    /// What an answer must carry so that the sender knows it (MQTT 5).
    public var correlationData: [UInt8]?
    /// When it was taken from the connection, before any waiting.
    public var receivedAt: Date
    /// The same instant on the clock that nobody sets, in seconds since the machine started.
    public var receivedUptimeS: Double

    /// Creates a message.
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
}

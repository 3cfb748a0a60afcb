/// A message on its way to the broker.
public struct MQTTPublication: Equatable, Sendable {
    /// Where it goes.
    public var topic: TopicName
    /// The bytes, perhaps none; an empty retained publication clears what the broker kept.
    public var payload: [UInt8]
    /// The promise it is delivered with.
    public var qos: MQTTQoS
    /// Whether the broker keeps it for those who subscribe later.
    public var retain: Bool
    /// Where an answer is wanted (MQTT 5).
    public var responseTopic: TopicName?
    /// What the answer is for (MQTT 5); at most 65,535 bytes.
    public var correlationData: [UInt8]?
    /// After how many seconds it is worth nothing, while it waits here or at the broker (MQTT 5); nil: never.
    public var messageExpiryS: UInt32?

    /// Creates a publication.
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

    /// What it costs to keep, in bytes.
    var cost: Int {
        payload.count + topic.string.utf8.count + (correlationData?.count ?? 0) + MQTTLimits.overheadBytes
    }
}

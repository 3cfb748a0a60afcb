/// How hard sender and broker try to deliver, as MQTT numbers it.
public enum MQTTQoS: UInt8, Sendable, Comparable, CaseIterable {
    /// Sent once; lost when the connection is.
    case atMostOnce = 0
    /// Sent until acknowledged; may arrive twice.
    case atLeastOnce = 1
    /// Acknowledged twice so that it arrives once, as long as the connection holds; after a lost connection it may arrive twice.
    case exactlyOnce = 2

    /// Weaker promises come first.
    public static func < (lhs: MQTTQoS, rhs: MQTTQoS) -> Bool {
        lhs.rawValue < rhs.rawValue
    }
}

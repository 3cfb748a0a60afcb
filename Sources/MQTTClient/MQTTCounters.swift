/// What has passed through a client since it was made, and what waits in it now.
public struct MQTTCounters: Equatable, Sendable {
    /// Messages taken in, dropped ones included.
    public var received = 0
    /// Messages dropped because their reader was too slow.
    public var droppedInbound = 0
    /// Messages dropped because their payload was too large.
    public var oversized = 0
    /// Publications that are out: acknowledged by the broker, or written, where no acknowledgement exists.
    public var published = 0
    /// Publications that were lost: queue full, expired, refused, or cut off without acknowledgement.
    public var droppedOutbound = 0
    /// Retained publications that a newer one of the same topic replaced before they were sent.
    public var coalesced = 0
    /// Connections made.
    public var connects = 0
    /// Connections lost or closed.
    public var disconnects = 0
    /// Events that wait for their reader.
    public var inboundDepth = 0
    /// Publications that wait to be sent or acknowledged.
    public var outboundDepth = 0

    /// Creates counters at zero.
    public init() {}
}

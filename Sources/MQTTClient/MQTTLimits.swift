/// The limits of a client: nothing grows without bound, and nothing waits for ever.
public struct MQTTLimits: Equatable, Sendable {
    /// Largest payload taken in or given out, in bytes; larger ones are dropped and counted.
    public var maxPayloadBytes = 1 << 20
    /// Largest packet the broker may send, in bytes, as told to it; it drops larger ones itself, unseen and uncounted by us.
    public var maxPacketBytes: UInt32 = 16 << 20
    /// How many events may wait for their reader; when full, the newest message is dropped and counted.
    public var maxInboundCount = 10_000
    /// How many bytes may wait for their reader.
    public var maxInboundBytes = 64 << 20
    /// How many publications may wait to be sent; when full, a further one is refused and counted.
    public var maxOutboundCount = 10_000
    /// How many bytes may wait to be sent.
    public var maxOutboundBytes = 64 << 20
    /// How many publications may be under way, not yet acknowledged.
    public var maxInFlight = 100
    /// How long the broker may take to accept us, in seconds.
    public var connectTimeoutS = 10.0
    /// How long a stop may take to send what is still queued, in seconds.
    public var drainTimeoutS = 1.0

    /// Creates the documented defaults.
    public init() {}

    /// What a queued message costs besides its bytes, roughly, in bytes.
    static let overheadBytes = 128
    /// How long saying goodbye may take after the queue is sent, in seconds.
    static let farewellS = 0.25
    /// How many packets are read before writing gets its turn.
    static let maxReadsPerTurn = 256
    /// The longest the loop sleeps, in milliseconds: keepalive is checked at least this often.
    static let maxPauseMs: Int32 = 1_000
    /// How many connects and disconnects may wait for a reader beyond the messages.
    static let reservedEvents = 100
    /// How long a connection must have held before the next failure starts with a short pause again, in seconds.
    static let stableAfterS = 10.0
}

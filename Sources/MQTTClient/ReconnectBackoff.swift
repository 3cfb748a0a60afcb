/// Delays between connection attempts: exponential back-off with jitter.
///
/// The ceiling doubles with each attempt up to `maximum`. The delay is random in the upper half of the ceiling, so that
/// the clients of a restarted broker do not reconnect all at once.
public struct ReconnectBackoff: Equatable, Sendable {
    /// The first ceiling.
    public let initial: Duration
    /// The last ceiling.
    public let maximum: Duration
    private var ceiling: Duration

    /// - Precondition: `initial` is positive and not above `maximum`.
    public init(initial: Duration = .milliseconds(500), maximum: Duration = .seconds(30)) {
        precondition(initial > .zero && maximum >= initial, "A back-off needs 0 < initial <= maximum.")
        self.initial = initial
        self.maximum = maximum
        ceiling = initial
    }

    /// Returns the next delay and doubles the ceiling.
    ///
    /// - Parameter random: A random number in 0..<1.
    /// - Returns: A delay in [ceiling / 2, ceiling).
    public mutating func next(random: Double) -> Duration {
        let delay = ceiling / 2 + ceiling / 2 * random
        ceiling = min(ceiling * 2, maximum)
        return delay
    }

    /// Sets the ceiling back to `initial`. To be called once a connection was stable.
    public mutating func reset() {
        ceiling = initial
    }
}

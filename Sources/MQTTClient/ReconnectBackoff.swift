/// How long to wait before the next attempt: twice as long each time up to a limit, the later half of it by chance
/// so that the clients of a restarted broker do not all come at once.
public struct ReconnectBackoff: Equatable, Sendable {
    /// The longest first wait.
    public let initial: Duration
    /// The longest wait of all.
    public let maximum: Duration
    private var ceiling: Duration

    /// Creates a back-off at its beginning.
    ///
    /// - Parameters:
    ///   - initial: The longest first wait; more than zero.
    ///   - maximum: The longest wait of all; at least `initial`.
    public init(initial: Duration = .milliseconds(500), maximum: Duration = .seconds(30)) {
        precondition(initial > .zero && maximum >= initial, "A back-off grows from something to something larger.")
        self.initial = initial
        self.maximum = maximum
        ceiling = initial
    }

    /// The next wait.
    ///
    /// - Parameter random: Chance, in 0..<1.
    /// - Returns: Between half of the present ceiling and all of it.
    public mutating func next(random: Double) -> Duration {
        let wait = ceiling / 2 + ceiling / 2 * random
        ceiling = min(ceiling * 2, maximum)
        return wait
    }

    /// Begins anew; called once a connection has held.
    public mutating func reset() {
        ceiling = initial
    }
}

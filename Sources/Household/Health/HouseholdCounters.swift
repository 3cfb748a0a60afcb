/// What happened since the start, for health and metrics.
public struct HouseholdCounters: Equatable, Sendable {
    /// What listens are counted by.
    public struct ListenKind: Hashable, Sendable {
        /// Their outcome.
        public var outcome: ListenOutcome
        /// The rule that attributed them.
        public var rule: AttributionRule
    }

    /// Listens stored.
    public var recorded: [ListenKind: Int] = [:]
    /// Plays that are no listens, by reason.
    public var ignored: [String: Int] = [:]
    /// Plays of guests, not stored.
    public var guestPlays = 0
    /// Listens that were there already.
    public var duplicates = 0
    /// Input that could not be taken.
    public var rejected = 0
    /// Playlists made.
    public var playlists = 0
    /// Plays that wait for the store.
    public var unsaved = 0
    /// Plays lost because the store stayed away too long.
    public var lost = 0
    /// Time until a listen, or a rebuild that was asked for, is in a stored taste.
    public var rebuilds = DurationHistogram()
    /// Time from a request to a stored playlist.
    public var generations = DurationHistogram()

    /// Listens stored, for every pair of outcome and rule, also those that never occurred.
    public var listenCounts: [(outcome: String, rule: String, count: Int)] {
        ListenOutcome.allCases.flatMap { outcome in
            AttributionRule.ofListens.map { rule in
                (outcome.rawValue, rule.rawValue, recorded[ListenKind(outcome: outcome, rule: rule)] ?? 0)
            }
        }
    }

    /// Listens stored, by outcome.
    public var listens: [String: Int] { total { $0.outcome.rawValue } }
    /// Listens stored, by the rule that attributed them.
    public var listensByRule: [String: Int] { total { $0.rule.rawValue } }

    private func total(by name: (ListenKind) -> String) -> [String: Int] {
        recorded.reduce(into: [:]) { $0[name($1.key), default: 0] += $1.value }
    }
}

/// How often something took how long, for metrics.
public struct DurationHistogram: Equatable, Sendable {
    /// Upper bounds of the buckets, in seconds: a listen takes the first ones, a large rebuild the last.
    public static let bounds = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10]

    /// Measurements in each bucket, those beyond the last bound at the end.
    public private(set) var counts = Array(repeating: 0, count: bounds.count + 1)
    /// Sum of all measurements, in seconds.
    public private(set) var sumS = 0.0

    /// Creates an empty one.
    public init() {}

    /// Number of measurements.
    public var count: Int { counts.reduce(0, +) }

    /// Adds a measurement.
    public mutating func add(_ duration: Duration) {
        let seconds = duration / .seconds(1)
        counts[Self.bounds.firstIndex { seconds <= $0 } ?? Self.bounds.count] += 1
        sumS += seconds
    }
}

public import Listening

/// What happened since the start, for health and metrics.
public struct HouseholdCounters: Equatable, Sendable {
    /// What listens are counted by.
    public struct ListenKind: Hashable, Sendable {
        /// What they are worth.
        public var outcome: PlayOutcome
        /// What attributed them.
        public var rule: AttributionRule
    }

    /// Listens stored.
    public var recorded: [ListenKind: Int] = [:]
    /// Plays that were none, by reason.
    public var ignored: [String: Int] = [:]
    /// Plays of guests, not stored.
    public var guestPlays = 0
    /// Listens that were there already.
    public var duplicates = 0
    /// Input that could not be taken.
    public var rejected = 0
    /// Lists made.
    public var playlists = 0
    /// Plays that wait for the store.
    public var unsaved = 0
    /// Plays lost because the store stayed away too long.
    public var lost = 0
    /// Time from a listen, or the wish to rebuild, to a taste that has it, stored.
    public var rebuilds = DurationHistogram()
    /// Time from a wish to a list, stored.
    public var generations = DurationHistogram()

    /// Listens stored, by outcome and rule, those included that never happened.
    public var listenCounts: [(outcome: String, rule: String, count: Int)] {
        [PlayOutcome.completed, .partial, .skipped].flatMap { outcome in
            AttributionRule.allCases.filter { $0 != .guest }.map { rule in
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

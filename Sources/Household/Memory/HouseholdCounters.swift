import Listening

/// What happened since the start, for health and metrics.
public struct HouseholdCounters: Codable, Equatable, Sendable {
    /// Listens stored, by outcome.
    public var listens: [String: Int] = [:]
    /// Listens stored, by the rule that attributed them.
    public var listensByRule: [String: Int] = [:]
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
}

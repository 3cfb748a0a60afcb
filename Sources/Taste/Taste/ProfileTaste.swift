import Foundation

/// What a profile's listens say: counters for each track played, and the profile's own choice of kernel.
///
/// A play costs the same however long the history is, except the first of a week, which looks at every track once. What
/// is counted play by play equals, to the bit, what ``rebuilt(from:)`` makes of all plays. A play from before this week
/// is an exception: it leaves the choice of kernel as it was, until the taste is rebuilt.
public struct ProfileTaste: Equatable, Sendable {
    public private(set) var counters: [TrackID: PlayCounters]
    /// The choice of kernel.
    public private(set) var kernels: KernelState

    /// Reads a stored taste, or begins an empty one.
    public init(counters: [TrackID: PlayCounters] = [:], kernels: KernelState = KernelState()) {
        self.counters = counters
        self.kernels = kernels
    }

    /// Whether nothing was ever counted.
    public var isEmpty: Bool { counters.isEmpty }

    /// Plays of a taste that is not young any more.
    private static let youngPlays = 20

    /// Whether it is too young to say what it does not like.
    public var isYoung: Bool {
        counters.count < Self.youngPlays && counters.values.reduce(0) { $0 + $1.plays } < Self.youngPlays
    }

    /// What one more play does.
    ///
    /// Changes nothing yet.
    ///
    /// - Parameter play: A play that the taste has not seen.
    /// - Returns: What to store and to apply, or what to ask for first.
    public func change(for play: CountedPlay) -> TasteChange {
        guard play.counts else { return .nothing }
        guard !isLate(play) else { return .recount(trackID: play.trackID) }
        guard var counter = counters[play.trackID] else {
            return update(play, PlayCounters(firstPlayAt: play.startedAt))
        }
        guard play.startedAt >= counter.last else { return .recount(trackID: play.trackID) }
        counter.count(playAt: play.startedAt)
        return update(play, counter)
    }

    /// Whether a play is from before the current week, whose choice of kernel was made without it.
    public func isLate(_ play: CountedPlay) -> Bool { kernels.weekStart.map { play.startedAt < $0 } ?? false }

    /// One track counted again from all its plays.
    ///
    /// It leaves the choice of kernel alone, which is right only when all plays that differ are of the current week.
    ///
    /// - Parameters:
    ///   - trackID: The track.
    ///   - plays: All plays of it by this profile, ordered by start; those that do not count are left out.
    /// - Returns: The change to store and to apply.
    public func recounted(_ trackID: TrackID, from plays: some Sequence<CountedPlay>) -> TasteChange {
        var counter: PlayCounters?
        for play in plays where play.counts {
            counter?.count(playAt: play.startedAt)
            counter = counter ?? PlayCounters(firstPlayAt: play.startedAt)
        }
        return .update(trackID: trackID, counters: counter, kernels: nil)
    }

    /// Applies what ``change(for:)`` said.
    ///
    /// `recount` is a question to the caller and changes nothing.
    public mutating func apply(_ change: TasteChange) {
        guard case .update(let trackID, let counter, let kernels) = change else { return }
        counters[trackID] = counter
        if let kernels { self.kernels = kernels }
    }

    /// About how many tracks a rebuild looks at, one for each week in which the taste had it.
    public var rebuildWork: Int {
        guard let weekStart = kernels.weekStart, let first = counters.values.lazy.map(\.first).min() else { return 0 }
        return counters.count * Int(min(10_000, max(1, weekStart.timeIntervalSince(first) / 604_800)))
    }

    /// Builds a taste from nothing but plays.
    ///
    /// - Parameter plays: All plays of a profile, ordered by start.
    /// - Returns: The taste.
    public static func rebuilt(from plays: some Sequence<CountedPlay>) -> ProfileTaste {
        var taste = ProfileTaste()
        for play in plays where play.counts { taste.count(play) }
        return taste
    }

    private func update(_ play: CountedPlay, _ counter: PlayCounters) -> TasteChange {
        let kernels = kernels.advanced(to: play.startedAt, counters: counters)
        return .update(trackID: play.trackID, counters: counter, kernels: kernels)
    }

    /// Counts in place; the same arithmetic as ``change(for:)``, without copying the kernels at each play.
    private mutating func count(_ play: CountedPlay) {
        if let next = kernels.advanced(to: play.startedAt, counters: counters) { kernels = next }
        if counters[play.trackID]?.count(playAt: play.startedAt) == nil {
            counters[play.trackID] = PlayCounters(firstPlayAt: play.startedAt)
        }
    }
}

/// What a play does to a taste; the caller writes it to the store and then hands it to ``ProfileTaste/apply(_:)``.
public enum TasteChange: Equatable, Sendable {
    /// Too little was heard.
    case nothing
    /// New counters of one track (nil: it has no play left), and the new state of the kernels when a week began.
    case update(trackID: TrackID, counters: PlayCounters?, kernels: KernelState?)
    /// The play is older than the track's last, or than the current week: ask ``ProfileTaste/recounted(_:from:)`` with all
    /// plays of that track.
    case recount(trackID: TrackID)
}

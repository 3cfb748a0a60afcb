public import Foundation

/// A profile's own choice of ``Kernel``, made anew every Monday 00:00 UTC.
///
/// People differ in how fast they change: one plays a song to death within days, another rotates a whole library. So every
/// kernel guesses each Monday what the coming week will bring, and the one that has guessed best is used.
public struct KernelState: Codable, Equatable, Sendable {
    /// Tracks a kernel may guess.
    static let guesses = 25
    /// A week with fewer tracks tells nothing.
    static let leastTracks = 5
    private static let weekS = 604_800.0
    /// Half-life of a week's vote: 26 weeks.
    private static let fadePerWeek = exp2(-1.0 / 26)

    /// Monday 00:00 UTC of the latest play; nil before the first.
    public private(set) var weekStart: Date?
    /// What each kernel guessed then, the best first; track ids.
    private var favourites: [[Int64]] = []
    /// Each kernel's nDCG summed over the scored weeks, older weeks faded.
    private var sums = [Double](repeating: 0, count: Kernel.all.count)
    /// The scored weeks, faded alike.
    private var weeks = 0.0

    /// Begins without a vote.
    public init() {}

    /// The kernel in use.
    public var kernel: Kernel { Kernel.all[position] }

    private var position: Int {
        var best = Kernel.standardPosition
        for position in sums.indices where sums[position] > sums[best] { best = position }
        return best
    }

    /// Monday 00:00 UTC of the week a time is in.
    ///
    /// Foundation's reference date is a Monday.
    static func weekStart(of time: Date) -> Date {
        let seconds = time.timeIntervalSinceReferenceDate
        return Date(timeIntervalSinceReferenceDate: (seconds / weekS).rounded(.down) * weekS)
    }

    /// The state once a play of that time is in: nil if its week has begun already.
    ///
    /// Weeks without plays in between are not scored, so a gap of months costs no more than a week.
    ///
    /// - Parameters:
    ///   - time: Start of a play, not before ``weekStart``.
    ///   - counters: What was counted before that play.
    /// - Returns: The new state, or nil.
    func advanced(to time: Date, counters: [Int64: PlayCounters]) -> KernelState? {
        let monday = Self.weekStart(of: time)
        if let weekStart, monday <= weekStart { return nil }
        var next = self
        next.scoreWeek(counters)
        next.favourites = Self.guess(at: monday, counters)
        next.weekStart = monday
        return next
    }

    private mutating func scoreWeek(_ counters: [Int64: PlayCounters]) {
        guard let weekStart, favourites.contains(where: { !$0.isEmpty }) else { return }
        let heard = Set(counters.lazy.filter { $0.value.last >= weekStart }.map(\.key))
        guard heard.count >= Self.leastTracks else { return }
        for (position, guess) in favourites.enumerated() {
            let gain = discountedGain(of: guess.map(heard.contains), relevantCount: heard.count)
            sums[position] = sums[position] * Self.fadePerWeek + gain
        }
        weeks = weeks * Self.fadePerWeek + 1
    }

    private static func guess(at monday: Date, _ counters: [Int64: PlayCounters]) -> [[Int64]] {
        var best = Kernel.all.map { _ in Best<ScoredTrack>(limit: guesses) }
        for (id, counter) in counters {
            let faded = counter.faded(at: monday)
            for (position, kernel) in Kernel.all.enumerated() {
                best[position].offer(ScoredTrack(score: kernel.score(faded), last: counter.last, id: id))
            }
        }
        return best.map { $0.sorted().map(\.id) }
    }
}

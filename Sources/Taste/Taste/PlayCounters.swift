public import Foundation

/// How often one track was played, forgotten at seven speeds at once.
///
/// A sum of exponentials with half-lives of 1, 4, 16, 64, 256 and 1024 days and one that never forgets comes as near to a
/// power law of forgetting as measurements can tell, and a play costs seven multiplications however long the history is.
public struct PlayCounters: Equatable, Sendable {
    /// Half-lives in days, in the order of ``values``.
    public static let halfLivesDays: [Double] = [1, 4, 16, 64, 256, 1_024, .infinity]

    private static let secondsPerDay = 86_400.0
    /// Seven counters; the eighth lane is only there to fill the register and stays 0.
    private static let onePlay = SIMD8<Double>(1, 1, 1, 1, 1, 1, 1, 0)

    /// Start of the first play.
    public let first: Date
    /// Start of the last play.
    public private(set) var last: Date
    private var counts: SIMD8<Double>

    /// Counts the first play.
    public init(firstPlayAt time: Date) {
        first = time
        last = time
        counts = Self.onePlay
    }

    /// Largest stored value of a counter.
    private static let mostPlays = 1e12

    /// Reads stored counters.
    ///
    /// - Returns: nil unless there are seven values that can be counts of plays.
    public init?(first: Date, last: Date, values: [Double]) {
        guard values.count == Self.halfLivesDays.count, values.allSatisfy((0...Self.mostPlays).contains) else {
            return nil
        }
        self.first = first
        self.last = last
        counts = SIMD8(values + [0])
    }

    /// The seven counters as of ``last``, in the order of ``halfLivesDays``.
    public var values: [Double] { Self.halfLivesDays.indices.map { counts[$0] } }

    /// Plays ever counted: what the counter that never forgets holds.
    public var plays: Int { Int(counts[6]) }

    /// What a play counts less that follows on the last one of the same track at once.
    private static let repeated = SIMD8(0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0, 0)

    /// Counts one more play, which must not be older than the last.
    ///
    /// Who repeats a track says at once what they said before, so a play counts half then, and by half the difference
    /// more for every six hours in between. The counter that never forgets counts all plays alike.
    public mutating func count(playAt time: Date) {
        let decay = Self.decay(from: last, to: time)
        counts = counts * decay + Self.onePlay - Self.repeated * Self.fourthPower(decay[0])
        last = time
    }

    /// The counters as they have faded by a time; a time before ``last`` fades nothing.
    func faded(at time: Date) -> SIMD8<Double> { counts * Self.decay(from: last, to: time) }

    /// Every half-life is four times the one before it, so one exponential and squaring give all six.
    private static func decay(from last: Date, to time: Date) -> SIMD8<Double> {
        let days = max(0, time.timeIntervalSince(last)) / secondsPerDay
        let slowest = exp2(-days / 1_024)
        let h256 = fourthPower(slowest)
        let h64 = fourthPower(h256)
        let h16 = fourthPower(h64)
        let h4 = fourthPower(h16)
        return SIMD8(fourthPower(h4), h4, h16, h64, h256, slowest, 1, 0)
    }

    private static func fourthPower(_ x: Double) -> Double { (x * x) * (x * x) }
}

/// One stored listen, as far as a taste is concerned.
public struct CountedPlay: Hashable, Sendable {
    /// A play of which less was heard, in seconds, says nothing about a taste, unless it was completed all the same.
    public static let leastHeardS = 30.0

    /// What was played.
    public var trackID: TrackID
    /// When it began.
    public var startedAt: Date
    /// Seconds really heard; nil if nobody measured.
    public var heardS: Double?
    /// Whether it was completed, as a play of a short track can be early.
    public var isCompleted: Bool

    /// Creates a play.
    public init(trackID: TrackID, startedAt: Date, heardS: Double? = nil, isCompleted: Bool = false) {
        self.trackID = trackID
        self.startedAt = startedAt
        self.heardS = heardS
        self.isCompleted = isCompleted
    }

    /// Whether enough was heard, or nobody knows how much.
    public var counts: Bool { isCompleted || heardS.map { $0 >= Self.leastHeardS } ?? true }
}

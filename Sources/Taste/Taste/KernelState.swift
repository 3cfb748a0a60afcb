public import Foundation

/// A profile's own mixture of ways to forget, weighed anew every Monday 00:00 UTC.
///
/// People differ in how fast they change: one plays a song to death within days, another rotates a whole library. So every
/// expert guesses each Monday what the coming week will bring, and the better it has guessed, the more it counts. An
/// expert is a ``Kernel``, taken as it is or with new tracks counting for more.
public struct KernelState: Equatable, Sendable {
    /// Tracks an expert may guess.
    static let guesses = 25
    /// A week with fewer tracks is left out.
    static let leastTracks = 5
    private static let weekS = 604_800.0
    /// Half-life of a week's vote: 26 weeks.
    private static let fadePerWeek = exp2(-1.0 / 26)
    /// How fast an expert loses weight with each point of gain by which it is behind, for each scored week.
    private static let sharpness = 4.0
    private static let mostWeeks = 30.0
    /// Experts with less weight beside the best are left out.
    private static let leastWeight = 1e-4
    /// Every kernel twice: first as they are, then with new tracks counting for more.
    private static let experts = 2 * Kernel.all.count

    /// Monday 00:00 UTC of the latest play; nil before the first.
    public private(set) var weekStart: Date?
    /// What each expert guessed then, the best first; track ids.
    private var favourites: [[TrackID]] = []
    /// Each expert's nDCG summed over the scored weeks, older weeks faded.
    private var sums = [Double](repeating: 0, count: experts)
    /// The scored weeks, faded alike.
    private var weeks = 0.0

    /// Begins without a vote.
    public init() {}

    /// The kernel that weighs most.
    public var kernel: Kernel {
        guard weeks > 0, let best = sums.indices.max(by: { (sums[$0], $1) < (sums[$1], $0) }) else { return .standard }
        return Kernel.all[best % Kernel.all.count]
    }

    /// Monday 00:00 UTC of the week a time is in.
    ///
    /// Foundation's reference date is a Monday.
    public static func weekStart(of time: Date) -> Date {
        let seconds = time.timeIntervalSinceReferenceDate
        return Date(timeIntervalSinceReferenceDate: (seconds / weekS).rounded(.down) * weekS)
    }

    /// The mixture in use for some tracks.
    ///
    /// Kernels differ in scale, so each is divided by the length of its scores.
    func mixture(for tracks: [FadedTrack]) -> KernelMixture {
        guard weeks > 0, let best = sums.max() else { return KernelMixture(steady: Kernel.standard.weights) }
        let products = [false, true].map { CounterProducts(tracks, isBoosted: $0) }
        var mixture = KernelMixture()
        for (expert, sum) in sums.enumerated() {
            let weight = exp(Self.sharpness * min(weeks, Self.mostWeeks) * (sum - best) / weeks)
            let kernel = Kernel.all[expert % Kernel.all.count].weights
            let isFresh = expert >= Kernel.all.count
            let length = products[isFresh ? 1 : 0].length(of: kernel)
            guard weight >= Self.leastWeight, length > 0 else { continue }
            if isFresh {
                mixture.fresh += kernel * (weight / length)
            } else {
                mixture.steady += kernel * (weight / length)
            }
        }
        return mixture
    }

    /// The state once a play of that time is in: nil if its week has begun already.
    ///
    /// Weeks without plays in between are not scored, so a gap of months costs no more than a week.
    ///
    /// - Parameters:
    ///   - time: Start of a play, not before ``weekStart``.
    ///   - counters: What was counted before that play.
    /// - Returns: The new state, or nil.
    func advanced(to time: Date, counters: [TrackID: PlayCounters]) -> KernelState? {
        let monday = Self.weekStart(of: time)
        if let weekStart, monday <= weekStart { return nil }
        var next = self
        next.scoreWeek(counters)
        next.favourites = Self.guess(at: monday, counters)
        next.weekStart = monday
        return next
    }

    private mutating func scoreWeek(_ counters: [TrackID: PlayCounters]) {
        guard let weekStart, favourites.contains(where: { !$0.isEmpty }) else { return }
        let heard = Set(counters.lazy.filter { $0.value.last >= weekStart }.map(\.key))
        guard heard.count >= Self.leastTracks else { return }
        for (position, guess) in favourites.enumerated() {
            let gain = discountedGain(of: guess.map(heard.contains), relevantCount: heard.count)
            sums[position] = sums[position] * Self.fadePerWeek + gain
        }
        weeks = weeks * Self.fadePerWeek + 1
    }

    private static func guess(at monday: Date, _ counters: [TrackID: PlayCounters]) -> [[TrackID]] {
        var best = (0..<experts).map { _ in TopK<ScoredTrack>(limit: guesses) }
        var least = [KernelScores(repeating: -1), KernelScores(repeating: -1)]
        var scores = KernelScores(repeating: 0)
        let kernels = Kernel.all.count
        for (id, counter) in counters {
            scores.score(counter.faded(at: monday))
            // Nearly every track ends here, before its boost is computed.
            guard scores.reaches(least[0], times: 1) || scores.reaches(least[1], times: FadedTrack.mostBoost) else {
                continue
            }
            let boosts = [1, FadedTrack.boost(firstPlayedAt: counter.first, at: monday)]
            for expert in 0..<experts {
                let (kind, kernel) = expert.quotientAndRemainder(dividingBy: kernels)
                let score = scores[kernel] * boosts[kind]
                guard score >= least[kind][kernel] else { continue }
                best[expert].offer(ScoredTrack(score: score, last: counter.last, id: id))
                least[kind][kernel] = best[expert].worst?.score ?? -1
            }
        }
        return best.map { $0.sorted().map(\.id) }
    }
}

extension KernelState: Codable {
    private enum CodingKeys: String, CodingKey { case weekStart, favourites, sums, weeks }

    /// Reads a stored state; one of other experts is as good as none, and the taste is to be rebuilt.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let sums = try container.decode([Double].self, forKey: .sums)
        guard sums.count == Self.experts else { return }
        self.sums = sums
        weekStart = try container.decodeIfPresent(Date.self, forKey: .weekStart)
        favourites = try container.decode([[TrackID]].self, forKey: .favourites)
        weeks = try container.decode(Double.self, forKey: .weeks)
    }
}

/// Normalised discounted cumulative gain with equal gains: how near to the top of a list the right ones are, 1 at best.
///
/// - Parameters:
///   - hits: For each place of the list, whether it is right.
///   - relevantCount: How many right ones there are at all.
/// - Returns: 0 to 1.
func discountedGain(of hits: [Bool], relevantCount: Int) -> Double {
    let ideal = (0..<min(KernelState.guesses, relevantCount)).reduce(0) { $0 + 1 / log2(Double($1 + 2)) }
    let gain = hits.enumerated().reduce(0) { $0 + ($1.element ? 1 / log2(Double($1.offset + 2)) : 0) }
    return ideal > 0 ? gain / ideal : 0
}

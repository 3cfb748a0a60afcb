/// How well lists foretell what a profile really played: two tests on its own history.
public struct Evaluation: Codable, Equatable, Sendable {
    /// Which of the known tracks will be played in the next seven days? Nil when the history is too short to ask.
    public var familiar: EvaluationTable?
    /// Which of many artists that were never played will be? Nil when too few were found to ask.
    public var discovery: EvaluationTable?
}

/// One test: Haunt and what it is measured against.
public struct EvaluationTable: Codable, Equatable, Sendable {
    /// How many times it was asked.
    public var questions: Int
    /// Means over the questions, Haunt first.
    public var scores: [EvaluationScore]
    /// The baseline that did best.
    public var bestBaseline: String
    /// By how much Haunt's gain is above that baseline's, asked the same questions.
    public var difference: Double
    /// Lower end of the 95 % bootstrap interval of that difference over the questions.
    public var low: Double
    /// Its upper end.
    public var high: Double
}

/// How one method did, all from 0 to 1.
public struct EvaluationScore: Codable, Equatable, Sendable {
    /// What ranked: `haunt` or the name of a baseline.
    public var method: String
    /// Share of the 25 that were right, or of the right ones when there are fewer.
    public var hits: Double
    /// nDCG of the 25: early places count more, 1 is all right ones first.
    public var gain: Double
    /// For each right artist the cosine of the nearest one in the list, averaged; only where artists are asked for.
    public var coverage: Double?
}

extension EvaluationTable {
    /// Names Haunt in a table.
    static let haunt = "haunt"
    private static let resamples = 1_000
    /// Fewer questions say nothing.
    private static let leastQuestions = 5
    private static let seed: UInt64 = 95

    /// Sums up answers.
    ///
    /// It is nil when too few were asked.
    ///
    /// - Parameter answers: For each method its scores, question by question; the same questions for all.
    init?(_ answers: [String: [EvaluationScore]]) {
        guard let haunt = answers[Self.haunt], haunt.count >= Self.leastQuestions else { return nil }
        let means = answers.map { EvaluationScore.mean($1, method: $0) }
        let baselines = means.filter { $0.method != Self.haunt }.sorted { ($1.gain, $0.method) < ($0.gain, $1.method) }
        guard let best = baselines.first, let rival = answers[best.method] else { return nil }
        questions = haunt.count
        scores = means.filter { $0.method == Self.haunt } + baselines
        bestBaseline = best.method
        let differences = zip(haunt, rival).map { $0.gain - $1.gain }
        difference = differences.reduce(0, +) / Double(differences.count)
        (low, high) = Self.interval(differences)
    }

    /// The middle 95 % of the means of resampled questions.
    private static func interval(_ values: [Double]) -> (Double, Double) {
        var generator = SeededGenerator(seed: seed)
        let means = (0..<resamples).map { _ in
            let sum = values.indices.reduce(0.0) { sum, _ in
                sum + values[Int.random(in: values.indices, using: &generator)]
            }
            return sum / Double(values.count)
        }.sorted()
        return (means[resamples / 40], means[resamples - 1 - resamples / 40])
    }
}

extension EvaluationScore {
    /// The means of some scores; there must be one.
    static func mean(_ scores: [EvaluationScore], method: String = "") -> EvaluationScore {
        let count = Double(scores.count)
        let coverages = scores.compactMap(\.coverage)
        return EvaluationScore(
            method: method, hits: scores.reduce(0) { $0 + $1.hits } / count,
            gain: scores.reduce(0) { $0 + $1.gain } / count,
            coverage: coverages.isEmpty ? nil : coverages.reduce(0, +) / Double(coverages.count))
    }
}

extension CatalogIndex {
    /// Asks, at some twenty moments of a profile's history, what would be recommended then, and compares it with what was
    /// really played next.
    ///
    /// - Parameters:
    ///   - plays: All plays of a profile, ordered by start.
    ///   - progress: Told after each moment how many of how many are done.
    /// - Returns: Both tests; nil for one that this history is too short for.
    public func evaluate(_ plays: [CountedPlay], progress: (_ done: Int, _ of: Int) -> Void = { _, _ in }) -> Evaluation
    {
        let history = EvaluationHistory(plays: plays)
        let tracks = TrackEvaluation(index: self, history: history)
        let artists = ArtistEvaluation(index: self, history: history)
        var familiar: [String: [EvaluationScore]] = [:]
        var discovery: [String: [EvaluationScore]] = [:]
        let cuts = history.cuts
        for (done, cut) in cuts.enumerated() {
            for (method, score) in tracks.answers(at: cut) ?? [:] { familiar[method, default: []].append(score) }
            for (method, score) in artists.answers(at: cut) ?? [:] { discovery[method, default: []].append(score) }
            progress(done + 1, cuts.count)
        }
        return Evaluation(familiar: EvaluationTable(familiar), discovery: EvaluationTable(discovery))
    }

    /// Row of a track's artist; nil for an unknown track.
    func artistRow(ofTrack id: TrackID) -> Int32? { trackRows[id].map { tracks[Int($0)].artist } }
}

import Foundation

/// The first test asks which known tracks will be played in the next seven days.
struct TrackEvaluation {
    private static let days = 7.0
    /// A week with fewer tracks is left out.
    private static let leastTargets = 5
    private static let halfLivesDays: [Double] = [3, 7, 14, 30, 90]

    let index: CatalogIndex
    let history: EvaluationHistory

    /// What each method scores at a cut; nil if too little follows.
    func answers(at cut: Int) -> [String: EvaluationScore]? {
        let targets = Set(history.coming(after: cut, days: Self.days).map(\.trackID))
        guard targets.count >= Self.leastTargets else { return nil }
        var lists = baselines(at: cut)
        lists[EvaluationTable.haunt] = familiar(at: cut)
        return lists.reduce(into: [:]) { scores, list in
            let hits = list.value.map(targets.contains)
            scores[list.key] = EvaluationScore(
                method: list.key,
                hits: Double(hits.filter(\.self).count) / Double(min(KernelState.guesses, targets.count)),
                gain: discountedGain(of: hits, relevantCount: targets.count))
        }
    }

    private func familiar(at cut: Int) -> [TrackID] {
        var request = RankingRequest(now: history.plays[cut].startedAt)
        request.taste = .rebuilt(from: history.known(before: cut))
        request.mode = .familiar
        request.limit = KernelState.guesses
        request.maxPerArtist = KernelState.guesses
        return index.rank(request).map(\.trackID)
    }

    private func baselines(at cut: Int) -> [String: [TrackID]] {
        let now = history.plays[cut].startedAt
        var lists = [
            "most played ever": best(at: cut) { _ in 1 },
            "most recent": best(at: cut) { _ in 0 },
        ]
        for days in Self.halfLivesDays {
            lists["half-life \(Int(days)) d"] = best(at: cut) {
                exp2(-now.timeIntervalSince($0.startedAt) / EvaluationHistory.dayS / days)
            }
        }
        return lists
    }

    /// The tracks whose plays weigh most; of those that weigh the same the last played.
    private func best(at cut: Int, weight: (CountedPlay) -> Double) -> [TrackID] {
        var sums: [TrackID: (weight: Double, last: Date)] = [:]
        for play in history.known(before: cut) where play.counts {
            sums[play.trackID] = ((sums[play.trackID]?.weight ?? 0) + weight(play), play.startedAt)
        }
        var best = TopK<ScoredTrack>(limit: KernelState.guesses)
        for (id, sum) in sums { best.offer(ScoredTrack(score: sum.weight, last: sum.last, id: id)) }
        return best.sorted().map(\.id)
    }
}

import Foundation

/// The second test asks which artists that were never played will be, among ten times as many others of like fame.
struct ArtistEvaluation {
    private static let days = 60.0
    private static let recentDays = 30.0
    private static let leastTargets = 5
    private static let mostTargets = 40
    private static let decoysPerTarget = 10
    /// Decoys are so many places away at most, when artists are ordered by their number of tracks.
    private static let likeFame = 150
    private static let draws = 20

    let index: CatalogIndex
    let history: EvaluationHistory
    /// Rows of artists with tags, those with the most tracks first.
    private let byFame: [Int32]
    private let fame: [Int32: Int]
    private let everPlayed: Set<Int32>

    init(index: CatalogIndex, history: EvaluationHistory) {
        self.index = index
        self.history = history
        byFame = index.artists.indices.filter { !index.tagVectors.range(of: $0).isEmpty }.map(Int32.init)
            .sorted { (index.artists[Int($1)].tracks.count, $0) < (index.artists[Int($0)].tracks.count, $1) }
        fame = Dictionary(uniqueKeysWithValues: byFame.enumerated().map { ($1, $0) })
        everPlayed = Set(history.plays.compactMap { index.artistRow(ofTrack: $0.trackID) })
    }

    /// What each method scores at a cut; nil if too few artists were found after it.
    func answers(at cut: Int) -> [String: EvaluationScore]? {
        var generator = SeededGenerator(seed: UInt64(cut))
        let targets = found(after: cut, using: &generator)
        guard targets.count >= Self.leastTargets else { return nil }
        let pool = (targets + decoys(for: targets, using: &generator)).sorted()
        let right = Set(targets)
        var scores = [
            EvaluationTable.haunt: score(discovered(at: cut, in: pool), right),
            "most tracks": score(pool.sorted { (fame[$0] ?? 0) < (fame[$1] ?? 0) }, right),
            "one centroid of 30 days": score(nearest(to: centroid(at: cut), in: pool), right),
        ]
        scores["chance"] = EvaluationScore.mean(
            (0..<Self.draws).map { _ in score(pool.shuffled(using: &generator), right) })
        return scores
    }

    private func found(after cut: Int, using generator: inout SeededGenerator) -> [Int32] {
        let known = Set(history.known(before: cut).compactMap { index.artistRow(ofTrack: $0.trackID) })
        let coming = Set(
            history.coming(after: cut, days: Self.days).compactMap { index.artistRow(ofTrack: $0.trackID) })
        let found = coming.subtracting(known).filter { fame[$0] != nil }.sorted()
        return Array(found.shuffled(using: &generator).prefix(Self.mostTargets))
    }

    private func decoys(for targets: [Int32], using generator: inout SeededGenerator) -> [Int32] {
        var taken: Set<Int32> = []
        for target in targets {
            guard let place = fame[target] else { continue }
            let near = byFame[max(0, place - Self.likeFame)..<min(byFame.count, place + Self.likeFame)]
                .filter { !everPlayed.contains($0) && !taken.contains($0) }
            taken.formUnion(near.shuffled(using: &generator).prefix(Self.decoysPerTarget))
        }
        return taken.sorted()
    }

    private func discovered(at cut: Int, in pool: [Int32]) -> [Int32] {
        var request = RankingRequest(now: history.plays[cut].startedAt)
        request.taste = .rebuilt(from: history.known(before: cut))
        request.mode = .discovery
        request.limit = KernelState.guesses
        request.maxPerArtist = 1
        request.pool = Pool(artists: Set(pool.map { index.artists[Int($0)].key }))
        return index.rank(request).compactMap { index.artistRow(ofTrack: $0.trackID) }
    }

    /// All tags of what was played of late, added up.
    private func centroid(at cut: Int) -> [Float] {
        var sum = [Float](repeating: 0, count: index.tags.names.count)
        let since = history.plays[cut].startedAt.addingTimeInterval(-Self.recentDays * EvaluationHistory.dayS)
        for play in history.known(before: cut).reversed().prefix(while: { $0.startedAt >= since }) where play.counts {
            guard let artist = index.artistRow(ofTrack: play.trackID) else { continue }
            for entry in index.tagVectors.entries(of: Int(artist)) { sum[Int(entry.tag)] += entry.weight }
        }
        return sum
    }

    private func nearest(to centroid: [Float], in pool: [Int32]) -> [Int32] {
        let scored = pool.map {
            RankedRow(score: index.tagVectors.dot(row: Int($0), centroid), tie: Int64($0), row: $0)
        }
        return scored.sorted(by: >).map(\.row)
    }

    private func score(_ list: [Int32], _ right: Set<Int32>) -> EvaluationScore {
        let list = Array(list.prefix(KernelState.guesses))
        let hits = list.map(right.contains)
        let vectors = list.map { index.tagVectors.entries(of: Int($0)) }
        let nearest = right.sorted().map { artist in
            let wanted = index.tagVectors.entries(of: Int(artist))
            return vectors.reduce(Float(0)) { max($0, SparseRows.dot($1, wanted)) }
        }
        return EvaluationScore(
            method: "", hits: Double(hits.filter(\.self).count) / Double(min(KernelState.guesses, right.count)),
            gain: discountedGain(of: hits, relevantCount: right.count),
            coverage: Double(nearest.reduce(0, +)) / Double(nearest.count))
    }
}

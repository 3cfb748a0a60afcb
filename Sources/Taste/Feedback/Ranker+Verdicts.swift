import Foundation

extension RankingRequest {
    /// How much further down a ranking goes when tracks may move up from there.
    private static let reserve = 200

    /// Has the ranking heed what a person said.
    ///
    /// - Parameter verdicts: What they said. What it excludes is excluded beside what is excluded already.
    public mutating func heed(_ verdicts: Verdicts) {
        self.verdicts = verdicts
        excluded.formUnion(verdicts.excludedTracks)
        excludedArtists.formUnion(verdicts.excludedArtists)
    }

    /// The same request, deep enough for tracks to move up from below.
    fileprivate var deepened: RankingRequest {
        var deep = self
        deep.limit = limit + Self.reserve
        return deep
    }
}

extension Ranker {
    /// Ranks by all that a request says, and moves what a person said something of.
    func rankedHeedingVerdicts() -> [RankedTrack] {
        guard request.limit > 0, request.verdicts.movesTracks else { return ranked() }
        var deep = self
        deep.request = request.deepened
        let ranked = deep.ranked()
        let lifts = ranked.map { request.verdicts.lift(ofTrack: $0.trackID, byArtist: artistKey(ofTrack: $0.trackID)) }
        let places = ranked.indices.map { Double($0 + 1) * exp2(-lifts[$0]) }
        // Of two that come to the same place, the one that was moved is the one to pass or to give way.
        let order = ranked.indices.sorted { (places[$0], -lifts[$0], $0) < (places[$1], -lifts[$1], $1) }
        var tracksOfArtist: [String: Int] = [:]
        var moved: [RankedTrack] = []
        for from in order where moved.count < request.limit {
            let artist = artistKey(ofTrack: ranked[from].trackID)
            guard tracksOfArtist[artist, default: 0] < request.maxPerArtist else { continue }
            tracksOfArtist[artist, default: 0] += 1
            let score = min(moved.last?.score ?? .infinity, ranked[moved.count].score)
            moved.append(
                lifts[from] == 0
                    ? ranked[from].lowered(to: moved.last?.score ?? .infinity, as: "feedback")
                    : ranked[from].moved(to: score))
        }
        return moved
    }

    private func artistKey(ofTrack id: TrackID) -> String {
        index.trackRows[id].map { index.artists[Int(index.tracks[Int($0)].artist)].key } ?? ""
    }
}

extension RankedTrack {
    /// The track in another place, with the score of that place.
    fileprivate func moved(to score: Double) -> RankedTrack {
        RankedTrack(
            trackID: trackID, terms: terms + [ScoreTerm("feedback", score - self.score)], origin: origin,
            interest: interest, fit: fit)
    }
}

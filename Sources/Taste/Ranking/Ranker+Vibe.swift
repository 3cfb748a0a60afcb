extension Ranker {
    /// What nearness to the taste adds at most to a score, when the words fit as well as any.
    ///
    /// It is scaled by the fit, so that a wish for jazz gets jazz from somebody who plays nothing but metal.
    static let tasteShare: Float = 0.5

    /// A track with the parts of its score.
    private struct Candidate: Comparable {
        var score: Float
        var tie: Int64
        var row: Int32
        var parts: VibeParts
        var taste: Float

        static func < (a: Candidate, b: Candidate) -> Bool { (a.score, b.tie) < (b.score, a.tie) }
    }

    /// What fits the words, nearest to the taste if there is one.
    func fitting(_ vibe: Vibe, _ taste: ProfileTaste?) -> [RankedTrack] {
        let scorer = VibeScorer(vibe, index: index)
        let nearness = taste.map { TasteNearness($0, ranked: scored($0), index: index, now: request.now) }
        let parts = scorer.allParts()
        let bestFit = max(parts.reduce(0) { max($0, $1.fit) }, .leastNormalMagnitude)
        var best = Best<Candidate>(limit: request.limit)
        for row in parts.indices where !scorer.unwanted.contains(Int32(row)) && allowsArtist(row) {
            if request.mode == .discovery, nearness?.hasPlayed(artist: row) ?? false { continue }
            let fit = max(0, min(1, parts[row].fit / bestFit))
            let share = vibe.isUnderstood ? Self.tasteShare * fit : Self.tasteShare
            for track in choice(ofArtist: row, from: nearness, by: { scorer.own($0).fit }) {
                let taste = share * (nearness?.nearness(ofTrack: track, artist: row) ?? 0)
                let own = parts[row].adding(scorer.own(index.tracks[Int(track)]))
                let tie = tieBreak(index.tracks[Int(track)].id)
                best.offer(Candidate(score: own.sum + taste, tie: tie, row: track, parts: own, taste: taste))
            }
        }
        return best.sorted().map { ranked($0, nearness) }
    }

    private func choice(
        ofArtist row: Int, from nearness: TasteNearness?, by own: (IndexedTrack) -> Float
    ) -> [Int32] {
        guard let nearness, request.mode == .familiar else {
            return choice(ofArtist: row) { own($0) + Self.popularityShare * $0.popularity }
        }
        guard nearness.hasPlayed(artist: row) else { return [] }
        return choice(ofArtist: row) { own($0) + Self.tasteShare * nearness.nearness(ofPlayed: $0.id) }
            .filter { nearness.hasPlayed(index.tracks[Int($0)].id) }
    }

    /// What a point of catalog popularity counts when one of an artist's tracks is chosen.
    private static let popularityShare: Float = 0.002

    private func ranked(_ candidate: Candidate, _ nearness: TasteNearness?) -> RankedTrack {
        let track = index.tracks[Int(candidate.row)]
        let terms = candidate.parts.terms + (nearness == nil ? [] : [ScoreTerm("taste", Double(candidate.taste))])
        return RankedTrack(
            trackID: track.id, terms: terms, reason: reasons.fitting(candidate.parts, track),
            interest: nearness?.interest(ofArtist: Int(track.artist)))
    }
}

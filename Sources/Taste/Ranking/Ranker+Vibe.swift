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
        var fit: Fit
        var interest: Int?

        static func < (a: Candidate, b: Candidate) -> Bool { a.score == b.score ? a.tie > b.tie : a.score < b.score }
    }

    /// What fits the words, nearest to the taste if there is one.
    func fitting(_ scorer: VibeScorer) -> [RankedTrack] {
        var best = TopK<Candidate>(limit: request.limit)
        for artist in promisingArtists(scorer) {
            if let worst = best.worst, artist.score < worst.score { break }
            let row = Int(artist.row)
            if request.mode == .discovery, !isUnplayed(artist: row) { continue }
            let nearest = taste?.nearness.nearest(toArtist: row, in: index)
            let share = tasteShare(ofArtist: row, scorer)
            let parts = scorer.parts(ofArtist: row)
            for track in choice(ofArtist: row, scorer) {
                let near = taste?.nearness.nearness(ofPlayed: track) ?? nearest?.nearness ?? 0
                let own = parts.adding(scorer.own(track))
                let score = own.sum + share * near
                if let worst = best.worst, score < worst.score { continue }
                let fit = scorer.fit(of: own, index.tracks[Int(track)])
                if scorer.vibe.isExclusive, fit <= .near { continue }
                best.offer(
                    Candidate(
                        score: score, tie: tieBreak(index.tracks[Int(track)].id.rawValue), row: track, parts: own,
                        taste: share * near, fit: fit, interest: nearest?.interest))
            }
        }
        return best.sorted().map(ranked)
    }

    /// How much of the taste counts for an artist.
    private func tasteShare(ofArtist row: Int, _ scorer: VibeScorer) -> Float {
        taste == nil ? 0 : Self.tasteShare * scorer.share(ofArtist: row)
    }

    /// The artists that may be chosen and the most they can score, the most promising first: most need not be looked at.
    private func promisingArtists(_ scorer: VibeScorer) -> LazyDescending<RankedRow> {
        let allowed = index.artists.indices.filter(allowsArtist)
        return LazyDescending(
            allowed.map { row in
                let most = scorer.most(ofArtist: row) + tasteShare(ofArtist: row, scorer)
                return RankedRow(score: most, tie: Int64(row), row: Int32(row))
            })
    }

    private func choice(ofArtist row: Int, _ scorer: VibeScorer) -> [Int32] {
        let isFamiliarOnly = request.mode == .familiar && taste != nil
        if isFamiliarOnly, isUnplayed(artist: row) { return [] }
        let chosen = choice(ofArtist: row) { track in
            let own = scorer.own(track)
            let known = Self.tasteShare * (taste?.nearness.nearness(ofPlayed: track) ?? 0)
            return own.fit + own.kind + known + Self.popularityShare * index.tracks[Int(track)].popularity
        }
        return isFamiliarOnly ? chosen.filter { taste?.nearness.nearness(ofPlayed: $0) != nil } : chosen
    }

    /// What a point of catalog popularity counts when one of an artist's tracks is chosen.
    private static let popularityShare: Float = 0.002

    private func ranked(_ candidate: Candidate) -> RankedTrack {
        let terms = candidate.parts.terms + (taste == nil ? [] : [ScoreTerm("taste", Double(candidate.taste))])
        // Named only where it counted for something: a hundredth of a point is no reason.
        let isNear = candidate.taste > Self.tasteShare / 10
        let near = isNear ? candidate.interest.flatMap { interests?.all[$0].name } : nil
        return RankedTrack(
            trackID: index.tracks[Int(candidate.row)].id, terms: terms, origin: .vibe(candidate.parts, interest: near),
            interest: candidate.interest, fit: candidate.fit)
    }
}

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

        static func < (a: Candidate, b: Candidate) -> Bool { a.score == b.score ? a.tie > b.tie : a.score < b.score }
    }

    /// What fits the words, nearest to the taste if there is one.
    func fitting(_ vibe: Vibe) -> [RankedTrack] {
        let scorer = VibeScorer(vibe, index: index)
        let nearness = taste.map {
            TasteNearness(ranked: scored($0).sorted(by: >), interests: interests, index: index)
        }
        let parts = scorer.allParts()
        let bestFit = max(parts.reduce(0) { max($0, $1.fit) }, .leastNormalMagnitude)
        // How much of the taste counts, by artist.
        let shares = parts.map {
            nearness == nil ? 0 : Self.tasteShare * (vibe.isUnderstood ? $0.share(of: bestFit) : 1)
        }
        var best = TopK<Candidate>(limit: request.limit)
        for artist in promisingArtists(parts, shares, scorer) {
            if let worst = best.worst, artist.score < worst.score { break }
            let row = Int(artist.row)
            if request.mode == .discovery, !isUnplayed(artist: row) { continue }
            let unplayed = nearness?.nearness(ofUnplayedBy: row) ?? 0
            for track in choice(ofArtist: row, from: nearness, by: { scorer.own($0).fit + scorer.own($0).kind }) {
                let id = index.tracks[Int(track)].id
                let taste = shares[row] * (nearness?.nearness(ofPlayed: id) ?? unplayed)
                let own = parts[row].adding(scorer.own(index.tracks[Int(track)]))
                let fit = scorer.fit(of: own, index.tracks[Int(track)])
                if vibe.isExclusive, fit <= .near { continue }
                best.offer(
                    Candidate(
                        score: own.sum + taste, tie: tieBreak(id.rawValue), row: track, parts: own, taste: taste,
                        fit: fit))
            }
        }
        return best.sorted().map { ranked($0, nearness) }
    }

    /// The artists that may be chosen and the most they can score, the most promising first: most need not be looked at.
    private func promisingArtists(
        _ parts: [VibeParts], _ shares: [Float], _ scorer: VibeScorer
    ) -> LazyDescending<RankedRow> {
        let allowed = parts.indices.filter { allowsArtist($0) }
        return LazyDescending(
            allowed.map {
                RankedRow(
                    score: parts[$0].sum + shares[$0] + scorer.mostOwn(ofArtist: $0), tie: Int64($0), row: Int32($0))
            })
    }

    private func choice(
        ofArtist row: Int, from nearness: TasteNearness?, by own: (IndexedTrack) -> Float
    ) -> [Int32] {
        let isFamiliarOnly = request.mode == .familiar && nearness != nil
        if isFamiliarOnly, isUnplayed(artist: row) { return [] }
        let chosen = choice(ofArtist: row) { track in
            let known = Self.tasteShare * (nearness?.nearness(ofPlayed: track.id) ?? 0)
            return own(track) + known + Self.popularityShare * track.popularity
        }
        return isFamiliarOnly ? chosen.filter { nearness?.hasPlayed(index.tracks[Int($0)].id) ?? false } : chosen
    }

    /// What a point of catalog popularity counts when one of an artist's tracks is chosen.
    private static let popularityShare: Float = 0.002

    private func ranked(_ candidate: Candidate, _ nearness: TasteNearness?) -> RankedTrack {
        let track = index.tracks[Int(candidate.row)]
        let terms = candidate.parts.terms + (nearness == nil ? [] : [ScoreTerm("taste", Double(candidate.taste))])
        let interest = nearness?.interest(ofArtist: Int(track.artist))
        // Named only where it counted for something: a hundredth of a point is no reason.
        let near = candidate.taste > Self.tasteShare / 10 ? interest.flatMap { interests?.all[$0].name } : nil
        return RankedTrack(
            trackID: track.id, terms: terms, origin: .vibe(candidate.parts, interest: near), interest: interest,
            fit: candidate.fit)
    }
}

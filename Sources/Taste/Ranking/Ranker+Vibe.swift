extension Ranker {
    /// What nearness to the taste adds at most to a score, when the words fit as well as any.
    ///
    /// It is scaled by the fit, so that a wish for jazz gets jazz from somebody who plays nothing but metal.
    static let tasteShare: Float = 0.5

    /// What fits the words, nearest to the taste if there is one.
    func fitting(_ scorer: VibeScorer) -> [RankedTrack] {
        var best = TopK<RankedRow>(limit: request.limit)
        for artist in promisingArtists(scorer) {
            if let worst = best.worst, artist.score < worst.score { break }
            let row = Int(artist.row)
            if request.mode == .discovery, !isUnplayed(artist: row) { continue }
            let share = tasteShare(ofArtist: row, scorer)
            let nearest = share > 0 ? taste?.nearness.nearest(toArtist: row)?.nearness ?? 0 : 0
            let parts = scorer.parts(ofArtist: row)
            for track in choice(ofArtist: row, scorer) {
                let near = taste?.nearness.nearness(ofPlayed: track) ?? nearest
                let own = parts.adding(scorer.own(track))
                let score = own.sum + share * near
                if let worst = best.worst, score < worst.score { continue }
                if scorer.vibe.isExclusive, scorer.fit(of: own, index.tracks[Int(track)]) <= .near { continue }
                best.offer(
                    RankedRow(score: score, tie: tieBreak(index.tracks[Int(track)].id.rawValue), row: track))
            }
        }
        return best.sorted().map { ranked($0.row, scorer) }
    }

    /// How much of the taste counts for an artist.
    private func tasteShare(ofArtist row: Int, _ scorer: VibeScorer) -> Float {
        taste == nil ? 0 : Self.tasteShare * scorer.share(ofArtist: row)
    }

    /// The artists that may be chosen and the most they can score, the most promising first: most need not be looked at.
    private func promisingArtists(_ scorer: VibeScorer) -> LazyDescending<RankedRow> {
        var promising: [RankedRow] = []
        promising.reserveCapacity(index.artistCount)
        for row in index.artists.indices where allowsArtist(row) {
            let most = scorer.most(ofArtist: row) + tasteShare(ofArtist: row, scorer)
            promising.append(RankedRow(score: most, tie: Int64(row), row: Int32(row)))
        }
        return LazyDescending(promising, likely: request.limit)
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

    /// A track with what its score is made of.
    private func ranked(_ row: Int32, _ scorer: VibeScorer) -> RankedTrack {
        let track = index.tracks[Int(row)]
        let artist = Int(track.artist)
        let parts = scorer.parts(ofArtist: artist).adding(scorer.own(row))
        let nearest = taste?.nearness.nearest(toArtist: artist)
        let near = taste?.nearness.nearness(ofPlayed: row) ?? nearest?.nearness ?? 0
        let fromTaste = tasteShare(ofArtist: artist, scorer) * near
        let terms = parts.terms + (taste == nil ? [] : [ScoreTerm("taste", Double(fromTaste))])
        // Named only where it counted for something: a hundredth of a point is no reason.
        let name = fromTaste > Self.tasteShare / 10 ? nearest.flatMap { interests?.all[$0.interest].name } : nil
        return RankedTrack(
            trackID: track.id, terms: terms, origin: .vibe(parts, interest: name), interest: nearest?.interest,
            fit: scorer.fit(of: parts, track))
    }
}

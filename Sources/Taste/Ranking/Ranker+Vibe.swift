/// A track that may come for a wish, with the parts of its score.
struct FittingTrack: Comparable {
    var score: Float
    var tie: Int64
    var row: Int32
    var parts: VibeParts
    /// What the taste adds to the score.
    var fromTaste: Float
    var fit: Fit
    var interest: Int?

    static func < (a: FittingTrack, b: FittingTrack) -> Bool {
        a.score == b.score ? a.tie > b.tie : a.score < b.score
    }
}

extension Ranker {
    /// What nearness to the taste adds at most to a score, when the words fit as well as any.
    ///
    /// It is scaled by the fit, so that a wish for jazz gets jazz from somebody who plays nothing but metal.
    static let tasteShare: Float = 0.5

    /// What fits the words, nearest to the taste if there is one, in the order of words alone or joined with that of sound.
    func fitting(_ scorer: VibeScorer) -> [RankedTrack] {
        guard !request.sound.isEmpty else {
            return byWords(scorer, limit: request.limit).map { ranked(fittingTrack($0.row, scorer)) }
        }
        let words = byWords(scorer, limit: max(request.limit, Self.leastDepthBesideSound))
        return joinedWithSound(words.map { fittingTrack($0.row, scorer) }, scorer)
    }

    private func byWords(_ scorer: VibeScorer, limit: Int) -> [RankedRow] {
        var best = TopK<RankedRow>(limit: limit)
        for artist in promisingArtists(scorer) {
            if let worst = best.worst, artist.score < worst.score { break }
            let row = Int(artist.row)
            let share = tasteShare(ofArtist: row, scorer)
            let nearest = share > 0 ? taste?.nearness.nearest(toArtist: row)?.nearness ?? 0 : 0
            let parts = scorer.terms.parts(ofArtist: row)
            for track in choice(ofArtist: row, scorer) {
                let near = taste?.nearness.nearness(ofPlayed: track) ?? nearest
                let own = parts.adding(scorer.terms.own(track))
                let score = own.sum + share * near
                if let worst = best.worst, score < worst.score { continue }
                if scorer.vibe.isExclusive, scorer.terms.fit(of: own, index.tracks[Int(track)]) <= .near { continue }
                best.offer(
                    RankedRow(score: score, tie: tieBreak(index.tracks[Int(track)].id.rawValue), row: track))
            }
        }
        return best.sorted()
    }

    /// A track by itself, however its artist's other tracks fit; nil when it may not be chosen.
    func fitting(track row: Int32, _ scorer: VibeScorer) -> FittingTrack? {
        let artist = Int(index.tracks[Int(row)].artist)
        guard allowsArtist(artist), allows(row), mayList(artist: artist) else { return nil }
        if isFamiliarOnly, taste?.nearness.nearness(ofPlayed: row) == nil { return nil }
        let track = fittingTrack(row, scorer)
        return scorer.vibe.isExclusive && track.fit <= .near ? nil : track
    }

    /// A track with what its score is made of.
    private func fittingTrack(_ row: Int32, _ scorer: VibeScorer) -> FittingTrack {
        let track = index.tracks[Int(row)]
        let artist = Int(track.artist)
        let parts = scorer.terms.parts(ofArtist: artist).adding(scorer.terms.own(row))
        let nearest = taste?.nearness.nearest(toArtist: artist)
        let near = taste?.nearness.nearness(ofPlayed: row) ?? nearest?.nearness ?? 0
        let fromTaste = tasteShare(ofArtist: artist, scorer) * near
        return FittingTrack(
            score: parts.sum + fromTaste, tie: tieBreak(track.id.rawValue), row: row, parts: parts,
            fromTaste: fromTaste, fit: scorer.terms.fit(of: parts, track), interest: nearest?.interest)
    }

    /// How much of the taste counts for an artist.
    private func tasteShare(ofArtist row: Int, _ scorer: VibeScorer) -> Float {
        taste == nil ? 0 : Self.tasteShare * scorer.share(ofArtist: row)
    }

    /// The artists that may be chosen and the most they can score, the most promising first: most need not be looked at.
    private func promisingArtists(_ scorer: VibeScorer) -> LazyDescending<RankedRow> {
        var promising: [RankedRow] = []
        promising.reserveCapacity(index.artistCount)
        for row in index.artists.indices where allowsArtist(row) && mayList(artist: row) {
            var most = scorer.most(ofArtist: row)
            if let taste {
                most += tasteShare(ofArtist: row, scorer) * taste.nearness.most(ofArtist: row) + Self.rounding
            }
            promising.append(RankedRow(score: most, tie: Int64(row), row: Int32(row)))
        }
        return LazyDescending(promising, likely: Self.likelyArtists * request.limit)
    }

    /// Artists that are looked at for each track wanted, as a rule.
    private static let likelyArtists = 2
    /// What sums of the same numbers differ by at most, when they are added in another order.
    private static let rounding: Float = 0.0001

    private var isFamiliarOnly: Bool { request.mode == .familiar && taste != nil }

    /// Whether the mode of the list lets an artist come.
    private func mayList(artist row: Int) -> Bool {
        if request.mode == .discovery { return isUnplayed(artist: row) }
        return !isFamiliarOnly || !isUnplayed(artist: row)
    }

    private func choice(ofArtist row: Int, _ scorer: VibeScorer) -> [Int32] {
        let bounds = MeritBounds(
            most: scorer.mostOwn(ofArtist: row) + Self.rounding, popularity: Self.popularityShare,
            special: taste.map { Array($0.nearness.tracks(ofArtist: row)) } ?? [])
        let chosen = choice(ofArtist: row, bounds) { track in
            let own = scorer.terms.own(track)
            return own.fit + own.kind + Self.tasteShare * (taste?.nearness.nearness(ofPlayed: track) ?? 0)
        }
        return isFamiliarOnly ? chosen.filter { taste?.nearness.nearness(ofPlayed: $0) != nil } : chosen
    }

    /// What a point of catalog popularity counts when one of an artist's tracks is chosen.
    private static let popularityShare: Float = 0.002

    /// The track in the words of a list.
    ///
    /// - Parameters:
    ///   - track: A track that fits.
    ///   - terms: What its place rests on; nil for what the words and the taste say.
    /// - Returns: The track with its score, its reason and its fit.
    func ranked(_ track: FittingTrack, terms: [ScoreTerm]? = nil) -> RankedTrack {
        var words = terms ?? track.parts.terms
        if terms == nil, taste != nil { words.append(ScoreTerm("taste", Double(track.fromTaste))) }
        // Named only where it counted for something: a hundredth of a point is no reason.
        let isNear = track.fromTaste > Self.tasteShare / 10
        let near = isNear ? track.interest.flatMap { interests?.all[$0].name } : nil
        return RankedTrack(
            trackID: index.tracks[Int(track.row)].id, terms: words,
            origin: .vibe(track.parts, interest: near), interest: track.interest, fit: track.fit)
    }
}

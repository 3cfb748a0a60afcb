extension Ranker {
    /// What nearness to the whole taste counts beside nearness to one interest.
    private static let wholeTasteShare: Float = 0.4
    /// What an artist scores more, as a share, that is of the same years, and one that everybody knows.
    private static let yearsShare: Float = 0.3
    private static let fameShare: Float = 0.1
    /// What an artist scores at least for an interest that it is near to; 3.9 is the most there is.
    private static let near: Float = 0.4
    /// How deep both orders are looked at before they are joined, at least.
    private static let leastDepth = 100
    /// What a place among those dealt to interests counts beside one nearest to the whole taste.
    private static let interestsShare = 3.0
    /// Keeps the first places of one order from outweighing all of the other (Cormack, Clarke and Büttcher 2009).
    private static let rankOffset = 20.0

    /// An artist with its places in the two orders that are joined.
    private struct Pick {
        var artist: Int32
        var interest: Int
        var isNear: Bool
        var terms: [ScoreTerm] = []

        var score: Double { terms.reduce(0) { $0 + $1.value } }
    }

    /// Artists that the profile never played.
    ///
    /// Two orders are joined by reciprocal rank. In the first each place goes to the interest that is furthest behind its
    /// share, which takes the nearest artist not yet taken: so every side of a taste is served, not only the loudest. The
    /// second is nearness to the whole taste.
    func discovered() -> [RankedTrack] {
        guard let interests else { return popular() }
        let picked = joined(interests)
        let tracks = picked.map { choice(ofArtist: Int($0.artist)) }
        return dealtInRounds(tracks) { place, id in
            let pick = picked[place]
            return RankedTrack(
                trackID: id, terms: pick.terms, origin: .near(interests.all[pick.interest]), interest: pick.interest,
                fit: pick.isNear ? .asked(0) : .none)
        }
    }

    private func joined(_ interests: Interests) -> [Pick] {
        let depth = max(request.limit, Self.leastDepth)
        let (queues, whole) = candidates(interests, depth: depth)
        var picks = dealt(interests, from: queues, depth: depth)
        var places = Dictionary(uniqueKeysWithValues: picks.indices.map { (picks[$0].artist, $0) })
        for (place, pick) in picks.enumerated() {
            picks[place].terms = [ScoreTerm("interest", Self.interestsShare / (Self.rankOffset + Double(place + 1)))]
            places[pick.artist] = place
        }
        for (rank, row) in whole.enumerated() {
            let term = ScoreTerm("taste", 1 / (Self.rankOffset + Double(rank + 1)))
            if let place = places[row.row] {
                picks[place].terms.append(term)
            } else if let pick = pick(ofArtist: row.row, interests, term: term) {
                picks.append(pick)
            }
        }
        let ordered = picks.enumerated().sorted { a, b in
            if a.element.isNear != b.element.isNear { return a.element.isNear }
            return (b.element.score, a.offset) < (a.element.score, b.offset)
        }
        return ordered.map(\.element)
    }

    private func pick(ofArtist row: Int32, _ interests: Interests, term: ScoreTerm) -> Pick? {
        guard let merits = merits(ofArtist: Int(row)) else { return nil }
        let interest = interests.all.indices.max { (merits[$0], $1) < (merits[$1], $0) }
        return interest.map { Pick(artist: row, interest: $0, isNear: merits[$0] >= Self.near, terms: [term]) }
    }

    /// What an artist scores for each interest, and beside the whole taste.
    ///
    /// Likeness by tags alone leaves many artists level, so those of the years that a side is of come first, and a little
    /// those that many know.
    private func merits(ofArtist row: Int) -> SIMD16<Float>? {
        guard let taste, let likeness = taste.likeness?[row], let interests else { return nil }
        let fame = Self.fameShare * index.artists[row].popularity / 100
        let years = interests.cosines(of: index.artistDecades[row])
        return (likeness + Self.wholeTasteShare * likeness[Interests.globalLane]) * (1 + fame + Self.yearsShare * years)
    }

    /// What is near to any interest comes before what is near to none.
    private func dealt(_ interests: Interests, from candidates: [[RankedRow]], depth: Int) -> [Pick] {
        var queues = candidates.map { $0[...] }
        let importance = interests.all.enumerated().map { ($0.offset, $0.element.importance) }
        var taken: Set<Int32> = []
        var picked: [Pick] = []
        for least in [Self.near, -.infinity] {
            var quota = Quota(importance: Dictionary(uniqueKeysWithValues: importance))
            while picked.count < depth, let interest = quota.next() {
                while let first = queues[interest].first, taken.contains(first.row) { queues[interest].removeFirst() }
                guard let next = queues[interest].first, next.score >= least else {
                    quota.close(interest)
                    continue
                }
                taken.insert(next.row)
                picked.append(Pick(artist: next.row, interest: interest, isNear: next.score >= Self.near))
            }
        }
        return picked
    }

    /// For each interest the nearest artists, and those nearest to the whole taste, as many as could be needed.
    private func candidates(_ interests: Interests, depth: Int) -> (queues: [[RankedRow]], whole: [RankedRow]) {
        let lanes = Array(interests.all.indices) + [Interests.globalLane]
        var best = lanes.map { _ in TopK<RankedRow>(limit: depth) }
        var least = SIMD16<Float>(repeating: .infinity)
        for lane in lanes { least[lane] = -.infinity }
        for row in index.artists.indices where isUnplayed(artist: row) && allowsArtist(row) {
            guard let merits = merits(ofArtist: row), any(merits .>= least) else { continue }
            let tie = tieBreak(Int64(row))
            for (place, lane) in lanes.enumerated() where merits[lane] >= least[lane] {
                best[place].offer(RankedRow(score: merits[lane], tie: tie, row: Int32(row)))
                least[lane] = best[place].worst?.score ?? -.infinity
            }
        }
        let sorted = best.map { $0.sorted() }
        return (Array(sorted.dropLast()), sorted.last ?? [])
    }
}

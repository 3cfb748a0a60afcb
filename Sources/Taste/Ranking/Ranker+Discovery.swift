extension Ranker {
    /// What an artist scores at least for an interest that it is near to, in parts of ``ArtistMerits/one``.
    private static let near = Int16(0.4 * ArtistMerits.one)
    /// How deep both orders are looked at before they are joined, at least.
    private static let leastDepth = 100
    /// What a place among those dealt to interests counts beside one nearest to the whole taste.
    private static let interestsShare = 3.0
    /// Keeps the first places of one order from outweighing all of the other (Cormack, Clarke and Büttcher 2009).
    private static let rankOffset = 20.0

    /// An artist with what its places in the two orders that are joined count.
    private struct Pick {
        var artist: Int32
        var interest: Int
        var isNear: Bool
        var fromInterest = 0.0
        var fromTaste = 0.0

        var score: Double { fromInterest + fromTaste }

        var terms: [ScoreTerm] {
            [ScoreTerm("interest", fromInterest), ScoreTerm("taste", fromTaste)].filter { $0.value > 0 }
        }
    }

    /// Artists that the profile never played.
    ///
    /// Two orders are joined by reciprocal rank. In the first each place goes to the interest that is furthest behind its
    /// share, which takes the nearest artist not yet taken: so every side of a taste is served, not only the loudest. The
    /// second is nearness to the whole taste.
    func discovered() -> [RankedTrack] {
        guard let interests, let merits = taste?.merits else { return popular() }
        let picked = joined(interests, merits)
        return dealtInRounds(picked.count, choice: { choice(ofArtist: Int(picked[$0].artist)) }) { place, id in
            let pick = picked[place]
            return RankedTrack(
                trackID: id, terms: pick.terms, origin: .near(interests.all[pick.interest]), interest: pick.interest,
                fit: pick.isNear ? .asked(0) : .none)
        }
    }

    private func joined(_ interests: Interests, _ merits: ArtistMerits) -> [Pick] {
        let depth = max(request.limit, Self.leastDepth)
        var (queues, whole) = queues(interests, merits, depth: depth)
        var picks = dealt(interests, from: &queues, depth: depth)
        var places = [Int32](repeating: -1, count: index.artistCount)
        for place in picks.indices {
            picks[place].fromInterest = Self.interestsShare / (Self.rankOffset + Double(place + 1))
            places[Int(picks[place].artist)] = Int32(place)
        }
        for (rank, row) in whole.enumerated() {
            let share = 1 / (Self.rankOffset + Double(rank + 1))
            let place = Int(places[Int(row.row)])
            if place >= 0 {
                picks[place].fromTaste = share
            } else {
                let merits = merits[Int(row.row)]
                let interest = interests.all.indices.max { (merits[$0], $1) < (merits[$1], $0) } ?? 0
                let isNear = merits[interest] >= Self.near
                picks.append(Pick(artist: row.row, interest: interest, isNear: isNear, fromTaste: share))
            }
        }
        let ordered = picks.enumerated().sorted { a, b in
            if a.element.isNear != b.element.isNear { return a.element.isNear }
            return (b.element.score, a.offset) < (a.element.score, b.offset)
        }
        return ordered.map(\.element)
    }

    /// What is near to any interest comes before what is near to none.
    private func dealt(_ interests: Interests, from queues: inout [ArtistQueue], depth: Int) -> [Pick] {
        let importance = interests.all.enumerated().map { ($0.offset, $0.element.importance) }
        var isTaken = [Bool](repeating: false, count: index.artistCount)
        var picked: [Pick] = []
        for least in [Self.near, .min] {
            var quota = Quota(importance: Dictionary(uniqueKeysWithValues: importance))
            while picked.count < depth, let interest = quota.next() {
                let next = queues[interest].first { !isTaken[Int($0.row)] }
                guard let next, next.score >= Float(least) else {
                    quota.close(interest)
                    continue
                }
                isTaken[Int(next.row)] = true
                let isNear = next.score >= Float(Self.near)
                picked.append(Pick(artist: next.row, interest: interest, isNear: isNear))
            }
        }
        return picked
    }

    /// For each interest the nearest artists, and those nearest to the whole taste.
    private func queues(
        _ interests: Interests, _ merits: ArtistMerits, depth: Int
    ) -> (interests: [ArtistQueue], whole: [RankedRow]) {
        let artists = index.artists.indices.filter { isUnplayed(artist: $0) && allowsArtist($0) }
        // Most artists of an interest's share are its own; where they are not, the queue goes on.
        let counts = interests.all.map { min(depth, Int(2 * $0.importance * Double(depth)) + 20) }
        let lanes = Array(interests.all.indices) + [Interests.globalLane]
        let best = nearest(artists, merits, lanes: lanes, counts: counts + [depth])
        let queues = interests.all.indices.map { interest in
            ArtistQueue(rows: best[interest], count: counts[interest]) {
                nearest(artists, merits, lanes: [interest], counts: [depth])[0]
            }
        }
        return (queues, best[lanes.count - 1])
    }

    /// For each of some lanes so many artists that score most in it, the best first.
    private func nearest(
        _ artists: [Int], _ merits: ArtistMerits, lanes: [Int], counts: [Int]
    ) -> [[RankedRow]] {
        var best = counts.map { TopK<RankedRow>(limit: $0) }
        var least = SIMD16<Int16>(repeating: .max)
        for lane in lanes { least[lane] = .min }
        for row in artists {
            let merits = merits[row]
            guard any(merits .>= least) else { continue }
            let tie = tieBreak(Int64(row))
            for (place, lane) in lanes.enumerated() where merits[lane] >= least[lane] {
                best[place].offer(RankedRow(score: Float(merits[lane]), tie: tie, row: Int32(row)))
                if let worst = best[place].worst { least[lane] = Int16(worst.score) }
            }
        }
        return best.map { $0.sorted() }
    }
}

/// Artists in the order in which they come for one interest: a few at first, all that may be needed when it comes to them.
private struct ArtistQueue {
    private var rows: [RankedRow]
    private var next = 0
    /// Finds as many as may be needed; nil when they are here.
    private var findAll: (() -> [RankedRow])?

    /// - Parameters:
    ///   - rows: The first of all.
    ///   - count: How many were looked for.
    ///   - findAll: Finds all, these ones first.
    init(rows: [RankedRow], count: Int, findAll: @escaping () -> [RankedRow]) {
        self.rows = rows
        self.findAll = rows.count < count ? nil : findAll
    }

    /// The next artist that fulfils a condition, which it still has afterwards.
    mutating func first(where isWanted: (RankedRow) -> Bool) -> RankedRow? {
        while true {
            while next < rows.count {
                if isWanted(rows[next]) { return rows[next] }
                next += 1
            }
            guard let findAll else { return nil }
            rows = findAll()
            self.findAll = nil
        }
    }
}

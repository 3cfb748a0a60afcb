extension Ranker {
    /// What nearness to the whole taste counts beside nearness to one interest.
    private static let wholeTasteShare: Float = 0.4
    /// What an artist scores at least for an interest that it is near to; 2.8 is the most there is.
    private static let near: Float = 0.4

    /// Artists that the profile never played.
    ///
    /// Each place goes to the interest that is furthest behind its share, which takes the nearest artist not yet taken: so
    /// every side of a taste is served, not only the loudest.
    func discovered() -> [RankedTrack] {
        guard let interests else { return popular() }
        let picked = picks(interests, from: candidates(interests))
        let tracks = picked.map { choice(ofArtist: Int($0.artist)) }
        return dealtInRounds(tracks) { place, id in
            let (artist, interest) = picked[place]
            let cosines = interests.cosines(ofArtist: Int(artist), in: index)
            return RankedTrack(
                trackID: id,
                terms: [
                    ScoreTerm("interest", Double(cosines[interest])),
                    ScoreTerm("taste", Double(Self.wholeTasteShare * cosines[Interests.globalLane])),
                ],
                ground: .near(interests.all[interest]), interest: interest)
        }
    }

    /// What is near to any interest comes before what is near to none.
    private func picks(_ interests: Interests, from candidates: [[RankedRow]]) -> [(artist: Int32, interest: Int)] {
        var queues = candidates.map { $0[...] }
        let importance = interests.all.enumerated().map { ($0.offset, $0.element.importance) }
        var taken: Set<Int32> = []
        var picked: [(artist: Int32, interest: Int)] = []
        for least in [Self.near, -.infinity] {
            var quota = Quota(importance: Dictionary(uniqueKeysWithValues: importance))
            while picked.count < request.limit, let interest = quota.next() {
                while let first = queues[interest].first, taken.contains(first.row) { queues[interest].removeFirst() }
                guard let next = queues[interest].first, next.score >= least else {
                    quota.close(interest)
                    continue
                }
                taken.insert(next.row)
                picked.append((next.row, interest))
            }
        }
        return picked
    }

    /// For each interest the nearest artists, as many as it could need.
    private func candidates(_ interests: Interests) -> [[RankedRow]] {
        var best = interests.all.map { _ in Best<RankedRow>(limit: request.limit) }
        for row in index.artists.indices where isUnplayed(artist: row) && allowsArtist(row) {
            let cosines = interests.cosines(ofArtist: row, in: index)
            let whole = Self.wholeTasteShare * cosines[Interests.globalLane]
            for interest in best.indices {
                let score = cosines[interest] + whole
                if let worst = best[interest].worst, score < worst.score { continue }
                best[interest].offer(RankedRow(score: score, tie: tieBreak(Int64(row)), row: Int32(row)))
            }
        }
        return best.map { $0.sorted() }
    }
}

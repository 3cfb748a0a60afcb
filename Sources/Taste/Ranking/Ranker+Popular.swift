// What comes when little or nothing is known of who listens.
extension Ranker {
    /// What a young taste ranks, after it what the home plays, and then what the catalog has most of.
    func started(_ ranked: [RankedTrack]) -> [RankedTrack] {
        guard isYoung || taste == nil else { return ranked }
        var started = ranked.filter { $0.fit != .none }
        var known = Set(started.map(\.trackID))
        for track in household() + popular() where known.insert(track.trackID).inserted {
            started.append(track.lowered(to: started.last?.score ?? .infinity, as: "start"))
        }
        return Array(started.prefix(request.limit))
    }

    /// What others in the home play, the most played first.
    private func household() -> [RankedTrack] {
        var tracksOfArtist: [Int32: Int] = [:]
        var ranked: [RankedTrack] = []
        for track in request.household.tracks {
            if ranked.count == request.limit { break }
            guard let row = index.trackRows[track.id], allows(row) else { continue }
            let artist = index.tracks[Int(row)].artist
            guard tracksOfArtist[artist, default: 0] < request.maxPerArtist else { continue }
            tracksOfArtist[artist, default: 0] += 1
            ranked.append(
                RankedTrack(
                    trackID: track.id, terms: [ScoreTerm("household", track.score)], origin: .household, fit: fitOfStart
                ))
        }
        return ranked
    }

    /// What a household without taste or wish gets: the artists that its catalog has most of, and that were never played.
    ///
    /// Artists of long tracks, as audio plays and recordings of whole evenings are, come last.
    func popular() -> [RankedTrack] {
        var best = TopK<RankedRow>(limit: request.limit)
        for row in index.artists.indices where isUnplayed(artist: row) && allowsArtist(row) {
            let prior = index.artistPriors[row] * (index.artists[row].isLongForm ? Self.shareOfLong : 1)
            best.offer(RankedRow(score: prior, tie: tieBreak(Int64(row)), row: Int32(row)))
        }
        let artists = best.sorted()
        let origin: Origin = isYoung || !request.household.tracks.isEmpty ? .start : .popular
        return dealtInRounds(artists.count, choice: { choice(ofArtist: Int(artists[$0].row)) }) { place, id in
            RankedTrack(
                trackID: id, terms: [ScoreTerm("popularity", Double(artists[place].score))], origin: origin,
                fit: fitOfPopular)
        }
    }

    /// Less than any artist of usual tracks has, more than nothing.
    static let shareOfLong: Float = 0.01

    /// Where nothing is known of who listens, all fits.
    private var fitOfStart: Fit { taste == nil ? .asked(0) : .near }

    /// What the home plays comes before what is only popular.
    private var fitOfPopular: Fit { request.household.tracks.isEmpty ? fitOfStart : .near }

    /// One track of every artist first; further ones only when artists run out.
    ///
    /// - Parameters:
    ///   - count: How many artists there are.
    ///   - choice: The tracks of one of them; not asked for those whom the first round does not come to.
    ///   - make: A track of one of them in the words of a list.
    /// - Returns: The tracks, as many as are asked for at most.
    func dealtInRounds(
        _ count: Int, choice: (_ place: Int) -> [Int32], _ make: (_ place: Int, _ id: TrackID) -> RankedTrack
    ) -> [RankedTrack] {
        var tracks: [[Int32]] = []
        var ranked: [RankedTrack] = []
        var (round, dealt) = (0, -1)
        while ranked.count > dealt {
            dealt = ranked.count
            for place in 0..<count {
                if ranked.count == request.limit { return ranked }
                if place == tracks.count { tracks.append(choice(place)) }
                guard round < tracks[place].count else { continue }
                let track = make(place, index.tracks[Int(tracks[place][round])].id)
                // A further track of an artist is no better than what came before it.
                ranked.append(track.lowered(to: ranked.last?.score ?? .infinity, as: "further"))
            }
            round += 1
        }
        return ranked
    }
}

extension Ranker {
    /// What the profile played, by the mixture of kernels that knows it best.
    func familiar(_ taste: PreparedTaste) -> [RankedTrack] {
        var tracksOfArtist = [Int32](repeating: 0, count: index.artistCount)
        var ranked: [RankedTrack] = []
        for (track, row) in zip(taste.ranked, taste.rows) {
            if ranked.count == request.limit { break }
            guard let row, allows(row) else { continue }
            let artist = Int(index.tracks[Int(row)].artist)
            let isLiked = request.verdicts.likes(track.id)
            guard isLiked || tracksOfArtist[artist] < request.maxPerArtist else { continue }
            tracksOfArtist[artist] += 1
            ranked.append(
                RankedTrack(
                    trackID: track.id, terms: [ScoreTerm("plays", track.score)], origin: .played,
                    interest: taste.merits?.nearest(toArtist: artist).interest))
        }
        return ranked
    }

    /// What was not played by artists of whom other tracks were, the artist that is played most of late first.
    func further(_ taste: PreparedTaste, below ranked: [RankedTrack]) -> [RankedTrack] {
        let artists = taste.plays.all.sorted { ($1.recent, $0.artist) < ($0.recent, $1.artist) }
        let unheard = { (place: Int) in
            choice(ofArtist: Int(artists[place].artist)).filter { taste.nearness.nearness(ofPlayed: $0) == nil }
        }
        let further = dealtInRounds(artists.count, choice: unheard) { place, id in
            RankedTrack(
                trackID: id, terms: [ScoreTerm("artist", artists[place].recent)], origin: .artistPlayed,
                fit: .asked(-1))
        }
        return further.map { $0.lowered(to: ranked.last?.score ?? .infinity, as: "further") }
    }
}

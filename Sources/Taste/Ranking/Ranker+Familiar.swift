import Foundation

extension Ranker {
    /// What the profile played, by the kernel that knows it best.
    func familiar(_ taste: ProfileTaste) -> [RankedTrack] {
        var tracksOfArtist: [Int32: Int] = [:]
        var ranked: [RankedTrack] = []
        for track in LazyDescending(scored(taste)) {
            if ranked.count == request.limit { break }
            guard let row = index.trackRows[track.id], allows(row) else { continue }
            let artist = index.tracks[Int(row)].artist
            let isLiked = request.verdicts.likes(track.id)
            guard isLiked || tracksOfArtist[artist, default: 0] < request.maxPerArtist else { continue }
            tracksOfArtist[artist, default: 0] += 1
            ranked.append(
                RankedTrack(
                    trackID: track.id, terms: [ScoreTerm("plays", track.score)], origin: .played,
                    interest: interests?.nearest(toArtist: Int(artist), in: index)?.interest))
        }
        return ranked
    }

    /// What the mean of its artist's tracks weighs in a track's score, as an exponent.
    private static let artistShare = 0.1

    /// All tracks played, in the order of the catalog.
    ///
    /// A track is drawn a little to the others of its artist: who plays all of them returns to each.
    func scored(_ taste: ProfileTaste) -> [ScoredTrack] {
        let mixture = taste.kernels.mixture(for: tracks)
        let scores = tracks.map(mixture.score)
        let artists = tracks.map { $0.row.map { Int(index.tracks[Int($0)].artist) } ?? index.artistCount }
        var sums = [Double](repeating: 0, count: index.artistCount + 1)
        var counts = sums
        for (artist, score) in zip(artists, scores) {
            sums[artist] += score
            counts[artist] += 1
        }
        return tracks.indices.map { place in
            let mean = sums[artists[place]] / counts[artists[place]]
            let score = scores[place] * pow(mean, Self.artistShare)
            return ScoredTrack(score: score, last: tracks[place].last, id: tracks[place].id)
        }
    }

    /// What was not played by artists of whom other tracks were, the artist that is played most of late first.
    func further(_ taste: ProfileTaste, below ranked: [RankedTrack]) -> [RankedTrack] {
        let artists = (plays?.all ?? []).sorted { ($1.recent, $0.artist) < ($0.recent, $1.artist) }
        let tracks = artists.map { artist in
            choice(ofArtist: Int(artist.artist)).filter { taste.counters[index.tracks[Int($0)].id] == nil }
        }
        let further = dealtInRounds(tracks) { place, id in
            RankedTrack(
                trackID: id, terms: [ScoreTerm("artist", artists[place].recent)], origin: .artistPlayed,
                fit: .asked(-1))
        }
        return further.map { $0.lowered(to: ranked.last?.score ?? .infinity, as: "further") }
    }
}

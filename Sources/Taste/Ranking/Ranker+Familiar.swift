import Foundation

extension Ranker {
    /// What the profile played, by the kernel that knows it best.
    func familiar(_ taste: ProfileTaste) -> [RankedTrack] {
        var tracksOfArtist: [Int32: Int] = [:]
        var ranked: [RankedTrack] = []
        for track in Falling(scored(taste)) {
            if ranked.count == request.limit { break }
            guard let row = index.trackRows[track.id], allows(row) else { continue }
            let artist = index.tracks[Int(row)].artist
            let isLiked = request.verdicts.likes(track.id)
            guard isLiked || tracksOfArtist[artist, default: 0] < request.maxPerArtist else { continue }
            tracksOfArtist[artist, default: 0] += 1
            ranked.append(
                RankedTrack(
                    trackID: track.id, terms: [ScoreTerm("plays", track.score)], ground: .played,
                    interest: interests?.nearest(toArtist: Int(artist), in: index)?.interest))
        }
        return ranked
    }

    /// What the mean of its artist's tracks weighs in a track's score, as an exponent.
    private static let artistShare = 0.06

    /// All tracks played, by id.
    ///
    /// A track is drawn a little to the others of its artist: who plays all of them returns to each.
    func scored(_ taste: ProfileTaste) -> [ScoredTrack] {
        let tracks = taste.counters.map { FadedTrack($0, $1, at: request.now) }.sorted { $0.id < $1.id }
        let mixture = taste.kernels.mixture(for: tracks)
        let scores = tracks.map(mixture.score)
        let artists = tracks.map { index.trackRows[$0.id].map { index.tracks[Int($0)].artist } ?? -1 }
        var sums: [Int32: (score: Double, count: Double)] = [:]
        for (artist, score) in zip(artists, scores) {
            let sum = sums[artist] ?? (0, 0)
            sums[artist] = (sum.score + score, sum.count + 1)
        }
        return tracks.indices.map { place in
            let (sum, count) = sums[artists[place]] ?? (0, 1)
            let score = scores[place] * pow(sum / count, Self.artistShare)
            return ScoredTrack(score: score, last: tracks[place].last, id: tracks[place].id)
        }
    }
}

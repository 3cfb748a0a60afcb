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

    /// All tracks played, in no order.
    func scored(_ taste: ProfileTaste) -> [ScoredTrack] {
        let kernel = taste.kernels.kernel
        return taste.counters.map { id, counters in
            ScoredTrack(score: kernel.score(counters.faded(at: request.now)), last: counters.last, id: id)
        }
    }
}

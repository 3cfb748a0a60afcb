import Foundation

extension Ranker {
    /// What a household without taste or wish gets: the artists that its catalog has most of, and that were never played.
    func popular() -> [RankedTrack] {
        var best = TopK<RankedRow>(limit: request.limit)
        for row in index.artists.indices where isUnplayed(artist: row) && allowsArtist(row) {
            let tie = tieBreak(Int64(row))
            best.offer(RankedRow(score: index.artistPriors[row], tie: tie, row: Int32(row)))
        }
        let artists = best.sorted()
        let fit: Fit = taste == nil ? .asked(0) : .near
        return dealtInRounds(artists.map { choice(ofArtist: Int($0.row)) }) { place, id in
            RankedTrack(
                trackID: id, terms: [ScoreTerm("popularity", Double(artists[place].score))],
                origin: isYoung ? .start : .popular, fit: fit)
        }
    }

    /// One track of every artist first; further ones only when artists run out.
    func dealtInRounds(_ tracks: [[Int32]], _ make: (_ place: Int, _ id: TrackID) -> RankedTrack) -> [RankedTrack] {
        var ranked: [RankedTrack] = []
        let rounds = tracks.reduce(0) { max($0, $1.count) }
        for round in 0..<rounds {
            for place in tracks.indices where round < tracks[place].count {
                if ranked.count == request.limit { return ranked }
                let track = make(place, index.tracks[Int(tracks[place][round])].id)
                // A further track of an artist is no better than what came before it.
                ranked.append(track.lowered(to: ranked.last?.score ?? .infinity, as: "further"))
            }
        }
        return ranked
    }
}

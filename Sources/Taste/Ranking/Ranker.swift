import Foundation

/// Answers one request.
struct Ranker {
    let index: MusicIndex
    let request: RankingRequest

    func ranked() -> [RankedTrack] {
        guard request.limit > 0 else { return [] }
        guard let taste = request.taste, !taste.isEmpty else { return popular() }
        return familiar(taste)
    }

    func familiar(_ taste: ProfileTaste) -> [RankedTrack] {
        let kernel = taste.kernels.kernel
        var perArtist: [Int32: Int] = [:]
        let scored = taste.counters.map { id, counters in
            ScoredTrack(score: kernel.score(counters.faded(at: request.now)), last: counters.last, id: id)
        }
        var ranked: [RankedTrack] = []
        for track in scored.sorted(by: >) where ranked.count < request.limit {
            guard let row = index.trackRows[track.id], allows(Int(row)) else { continue }
            let artist = index.tracks[Int(row)].artist
            guard perArtist[artist, default: 0] < request.maxPerArtist else { continue }
            perArtist[artist, default: 0] += 1
            let reason = Reason(kind: "played", text: "because you played it")
            ranked.append(RankedTrack(trackID: track.id, terms: [ScoreTerm("plays", track.score)], reason: reason))
        }
        return ranked
    }

    func popular() -> [RankedTrack] {
        var best = Best<ScoredTrack>(limit: request.limit)
        for artist in index.artists {
            let rows = artist.tracks.filter { allows(Int($0)) }
                .sorted { index.tracks[Int($0)].popularity > index.tracks[Int($1)].popularity }
            for row in rows.prefix(request.maxPerArtist) {
                best.offer(ScoredTrack(score: Double(artist.prior), last: .distantPast, id: index.tracks[Int(row)].id))
            }
        }
        return best.sorted().map {
            RankedTrack(
                trackID: $0.id, terms: [ScoreTerm("popularity", $0.score)],
                reason: Reason(kind: "popular", text: "because its artist is well known here"))
        }
    }

    func allows(_ row: Int) -> Bool {
        let track = index.tracks[row]
        let artist = index.artists[Int(track.artist)].key
        return !request.excluded.contains(track.id) && !request.excludedArtists.contains(artist)
            && request.pool?.contains(track, ofArtist: artist) ?? true
    }
}

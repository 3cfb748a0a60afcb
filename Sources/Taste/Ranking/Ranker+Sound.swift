// The order of words joined with that of a search by sound.
extension Ranker {
    /// How deep the order of words is looked at, at least.
    static let leastDepthBesideSound = 500
    /// Keeps the first places of one order from outweighing all of the other (Cormack, Clarke and Büttcher 2009).
    private static let rankOffset = 60.0

    /// Joins both orders by reciprocal rank, step by step.
    ///
    /// What fits the words is decided by the words alone, and so is how well: a higher step comes before a lower one. Within
    /// a step the places count, and not how near a sound is to words, which as a number means nothing. Sound says nothing of
    /// a track that does not fit.
    func joinedWithSound(_ words: [FittingTrack], _ scorer: VibeScorer) -> [RankedTrack] {
        let heard = request.sound.compactMap { index.trackRows[$0] }
        let places = Dictionary(heard.enumerated().map { ($1, $0) }) { first, _ in first }
        let known = Set(words.map(\.row))
        let others = places.keys.filter { !known.contains($0) }.compactMap { fitting(track: $0, scorer) }
        let all = (words + others).sorted(by: >)
        let steps = Dictionary(grouping: all, by: \.parts.kind).sorted { $0.key > $1.key }
        return capped(steps.flatMap { joined($0.value, places) })
    }

    /// Joins the orders of one step. The first is that of the tracks as they come.
    private func joined(_ tracks: [FittingTrack], _ places: [Int32: Int]) -> [(row: Int32, track: RankedTrack)] {
        let heard = tracks.filter { $0.fit > .near && places[$0.row] != nil }
            .sorted { places[$0.row, default: 0] < places[$1.row, default: 0] }
        let ranks = Dictionary(uniqueKeysWithValues: heard.enumerated().map { ($1.row, $0) })
        let joined = tracks.enumerated().map { rank, track in
            var track = track
            var terms = [ScoreTerm("kind", Double(track.parts.kind)), ScoreTerm("words", Self.share(ofRank: rank))]
            if let heard = ranks[track.row] {
                terms.append(ScoreTerm("heard", Self.share(ofRank: heard)))
                track.parts.isLiftedBySound = heard < rank
            }
            return (row: track.row, track: ranked(track, terms: terms.filter { $0.value != 0 }))
        }
        return joined.enumerated()
            .sorted { ($1.element.track.score, $0.offset) < ($0.element.track.score, $1.offset) }.map(\.element)
    }

    private static func share(ofRank rank: Int) -> Double { 1 / (rankOffset + Double(rank + 1)) }

    /// The best as many as asked for, and of one artist as many as may be.
    private func capped(_ tracks: [(row: Int32, track: RankedTrack)]) -> [RankedTrack] {
        var tracksOfArtist: [Int32: Int] = [:]
        var capped: [RankedTrack] = []
        for (row, track) in tracks where capped.count < request.limit {
            let artist = index.tracks[Int(row)].artist
            guard tracksOfArtist[artist, default: 0] < request.maxPerArtist || request.verdicts.likes(track.trackID)
            else { continue }
            tracksOfArtist[artist, default: 0] += 1
            capped.append(track)
        }
        return capped
    }
}

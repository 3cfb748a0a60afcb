// The order of words joined with those of searches by sound.
extension Ranker {
    /// How deep the order of words is looked at, at least.
    static let leastDepthBesideSound = 500
    /// Keeps the first places of one order from outweighing all of the other (Cormack, Clarke and Büttcher 2009).
    private static let rankOffset = 60.0

    /// Joins all orders by reciprocal rank, step by step.
    ///
    /// What fits the words is decided by the words alone, and so is how well: a higher step comes before a lower one. Within
    /// a step the places count, and not how near a sound is to words, which as a number means nothing. Sound says nothing of
    /// a track that does not fit, except where a track is named and no tags tell what is like it: then what sounds like it fits.
    func joinedWithSound(_ words: [FittingTrack], _ scorer: VibeScorer) -> [RankedTrack] {
        let places = request.sound.map { order in
            Dictionary(order.compactMap { index.trackRows[$0] }.enumerated().map { ($1, $0) }) { first, _ in first }
        }
        let known = Set(words.map(\.row))
        let heard = Set(places.flatMap(\.keys))
        let others = heard.subtracting(known).compactMap { fitting(track: $0, scorer) }
        let isJudgedBySound = !scorer.vibe.tracks.isEmpty && !scorer.terms.knowsLikeness
        let all = (words + others).map { track in
            var track = track
            if isJudgedBySound, heard.contains(track.row) { track.fit = max(track.fit, .asked(0)) }
            return track
        }
        .sorted(by: >)
        let steps = Dictionary(grouping: all, by: \.parts.kind).sorted { $0.key > $1.key }
        return capped(steps.flatMap { joined($0.value, places) })
    }

    /// Joins the orders of one step. The first is that of the tracks as they come.
    private func joined(_ tracks: [FittingTrack], _ places: [[Int32: Int]]) -> [(row: Int32, track: RankedTrack)] {
        let ranks = places.map { self.ranks(of: tracks.filter { $0.fit > .near }, $0) }
        // Tracks that fit the words equally well have one place in their order: what parts them there is chance.
        var rank = 0
        let joined = tracks.indices.map { place in
            var track = tracks[place]
            if place > 0, tracks[place - 1].score > track.score { rank = place }
            var terms = [ScoreTerm("kind", Double(track.parts.kind)), ScoreTerm("words", Self.share(ofRank: rank))]
            let heard = ranks.compactMap { $0[track.row] }
            if let best = heard.min() {
                terms.append(ScoreTerm("heard", heard.reduce(0) { $0 + Self.share(ofRank: $1) }))
                track.parts.isLiftedBySound = best < place
            }
            return (row: track.row, track: ranked(track, terms: terms.filter { $0.value != 0 }))
        }
        return joined.enumerated()
            .sorted { ($1.element.track.score, $0.offset) < ($0.element.track.score, $1.offset) }.map(\.element)
    }

    /// The places of tracks in an order, counted among these tracks alone.
    private func ranks(of tracks: [FittingTrack], _ places: [Int32: Int]) -> [Int32: Int] {
        let heard = tracks.compactMap { track in places[track.row].map { (row: track.row, place: $0) } }
            .sorted { $0.place < $1.place }
        return Dictionary(uniqueKeysWithValues: heard.enumerated().map { ($1.row, $0) })
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

/// Puts a list in order: near its ranking, artists apart, energy and sound without jolts.
struct PlaylistOrder {
    /// How many of those waiting may come next.
    private static let window = 5
    /// Between two tracks of one artist there should be so many others.
    private static let artistGap = 3
    /// What a track costs that comes too soon after another of its artist, for each track missing in between.
    private static let nearArtistCost: Float = 10
    /// What it costs to let an earlier track wait a place longer.
    private static let waitingCost: Float = 0.05

    private let index: CatalogIndex
    private let sounds: SoundIndex?
    private let first: TrackID?

    init(index: CatalogIndex, plan: PlaylistPlan) {
        self.index = index
        sounds = plan.sounds
        first = plan.after
    }

    /// What was asked for or is liked comes before what only lies near.
    func ordered(_ tracks: [RankedTrack]) -> [RankedTrack] {
        var ordered: [RankedTrack] = []
        for isAsked in [true, false] {
            var waiting = tracks.filter { ($0.fit > .near) == isAsked }
            while !waiting.isEmpty { ordered.append(waiting.remove(at: next(in: waiting, after: ordered))) }
        }
        return ordered
    }

    /// The place of the track that comes next.
    func next(in waiting: [RankedTrack], after ordered: [RankedTrack]) -> Int {
        let nearest = cheapest(waiting.prefix(Self.window), after: ordered)
        // When all in the window would repeat an artist, the rest of the list may help.
        return repeatsArtist(waiting[nearest], after: ordered) ? cheapest(waiting[...], after: ordered) : nearest
    }

    private func cheapest(_ waiting: ArraySlice<RankedTrack>, after ordered: [RankedTrack]) -> Int {
        let costs = waiting.enumerated().map { place, track in
            cost(of: track, after: ordered) + Self.waitingCost * Float(place)
        }
        return costs.indices.min { costs[$0] < costs[$1] } ?? 0
    }

    private func cost(of track: RankedTrack, after ordered: [RankedTrack]) -> Float {
        var cost: Float = 0
        for (distance, other) in ordered.suffix(Self.artistGap).reversed().enumerated()
        where artist(of: other) == artist(of: track) && artist(of: track) != nil {
            cost += Self.nearArtistCost * Float(Self.artistGap - distance)
        }
        guard let last = ordered.last?.trackID ?? first else { return cost }
        if let before = energy(of: last), let next = energy(of: track.trackID) { cost += (before - next).magnitude }
        if let nearness = sounds?.nearness(of: last, to: track.trackID) { cost += 1 - nearness }
        return cost
    }

    private func repeatsArtist(_ track: RankedTrack, after ordered: [RankedTrack]) -> Bool {
        guard let artist = artist(of: track) else { return false }
        return ordered.suffix(Self.artistGap).contains { self.artist(of: $0) == artist }
    }

    private func artist(of track: RankedTrack) -> Int32? {
        index.trackRows[track.trackID].map { index.tracks[Int($0)].artist }
    }

    private func energy(of track: TrackID) -> Float? {
        index.trackRows[track].flatMap { index.energy(ofTrack: Int($0)) }
    }
}

import Foundation

/// What a taste says of each artist it knows, by row: gathered in one pass, because every list needs it.
struct ArtistPlays {
    /// The counters of 16 and 64 days together stand in for a half-life of 30 days.
    private static let recentLanes = SIMD8<Double>(0, 0, 0.5, 0.5, 0, 0, 0, 0)
    /// The counters of 64 and 256 days stand in for one of 90 days.
    private static let longLanes = SIMD8<Double>(0, 0, 0, 0.7, 0.3, 0, 0, 0)

    /// Plays of one artist.
    struct Plays {
        /// How much of late.
        var recent = 0.0
        /// How much in the longer run.
        var long = 0.0
        /// When the first was.
        var first: Date
    }

    private(set) var byArtist: [Int32: Plays] = [:]

    /// Adds up the tracks of each artist.
    init(of taste: ProfileTaste, in index: MusicIndex, now: Date) {
        // In a fixed order, because sums of floating-point numbers depend on it.
        for (id, counters) in taste.counters.sorted(by: { $0.key < $1.key }) {
            guard let row = index.trackRows[id] else { continue }
            let faded = counters.faded(at: now)
            var plays = byArtist[index.tracks[Int(row)].artist] ?? Plays(first: counters.first)
            plays.recent += (faded * Self.recentLanes).sum()
            plays.long += (faded * Self.longLanes).sum()
            plays.first = min(plays.first, counters.first)
            byArtist[index.tracks[Int(row)].artist] = plays
        }
    }
}

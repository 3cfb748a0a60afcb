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

        fileprivate mutating func add(_ counters: PlayCounters, now: Date) {
            let faded = counters.faded(at: now)
            recent += (faded * ArtistPlays.recentLanes).sum()
            long += (faded * ArtistPlays.longLanes).sum()
            first = min(first, counters.first)
        }
    }

    private(set) var byArtist: [Int32: Plays] = [:]

    /// Adds up the tracks of each artist.
    init(of taste: ProfileTaste, in index: MusicIndex, now: Date) {
        // In a fixed order, because sums of floating-point numbers depend on it.
        for id in taste.counters.keys.sorted() {
            guard let counters = taste.counters[id], let row = index.trackRows[id] else { continue }
            byArtist[index.tracks[Int(row)].artist, default: Plays(first: counters.first)].add(counters, now: now)
        }
    }
}

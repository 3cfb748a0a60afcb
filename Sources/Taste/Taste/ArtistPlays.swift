import Foundation

/// What a taste says of each artist it knows, by row: gathered in one pass, because every list needs it.
struct ArtistPlays {
    /// The counters of 16 and 64 days together stand in for a half-life of 30 days.
    private static let recentLanes = SIMD8<Double>(0, 0, 0.5, 0.5, 0, 0, 0, 0)
    /// The counters of 64 and 256 days stand in for one of 90 days.
    private static let longLanes = SIMD8<Double>(0, 0, 0, 0.7, 0.3, 0, 0, 0)

    /// Plays of one artist.
    struct Plays {
        /// The artist's row.
        let artist: Int32
        /// How much of late.
        private(set) var recent = 0.0
        /// How much in the longer run.
        private(set) var long = 0.0
        /// When the first was.
        private(set) var first = Date.distantFuture

        fileprivate init(artist: Int32) { self.artist = artist }

        fileprivate mutating func add(_ track: FadedTrack) {
            recent += track.recent
            long += track.long
            first = min(first, track.first)
        }
    }

    /// Plays of one track, as of now.
    fileprivate struct FadedTrack {
        let row: Int32
        let recent: Double
        let long: Double
        let first: Date

        init(_ counters: PlayCounters, row: Int32, now: Date) {
            let faded = counters.faded(at: now)
            self.row = row
            recent = (faded * ArtistPlays.recentLanes).sum()
            long = (faded * ArtistPlays.longLanes).sum()
            first = counters.first
        }
    }

    /// The artists played, in the order of the catalog.
    private(set) var all: [Plays] = []
    /// For each artist of the catalog whether it was played.
    private let isPlayed: [Bool]

    /// Adds up the tracks of each artist.
    init(of taste: ProfileTaste, in index: MusicIndex, now: Date) {
        let faded = taste.counters.compactMap { id, counters in
            index.trackRows[id].map { FadedTrack(counters, row: $0, now: now) }
        }
        // In the order of rows, because sums of floating-point numbers depend on it and a dictionary has none.
        var places = [Int32](repeating: -1, count: index.trackCount)
        for (place, track) in faded.enumerated() { places[Int(track.row)] = Int32(place) }
        var byArtist = [Plays?](repeating: nil, count: index.artistCount)
        for (row, place) in places.enumerated() where place >= 0 {
            let artist = index.tracks[row].artist
            if byArtist[Int(artist)] == nil { byArtist[Int(artist)] = Plays(artist: artist) }
            byArtist[Int(artist)]?.add(faded[Int(place)])
        }
        all = byArtist.compactMap(\.self)
        isPlayed = byArtist.map { $0 != nil }
    }

    /// Whether the profile played anything by an artist.
    func contains(artist row: Int) -> Bool { row < isPlayed.count && isPlayed[row] }
}

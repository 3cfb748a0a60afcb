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
            recent += (track.counts * ArtistPlays.recentLanes).sum()
            long += (track.counts * ArtistPlays.longLanes).sum()
            first = min(first, track.first)
        }
    }

    /// The artists played, in the order of the catalog.
    private(set) var all: [Plays] = []
    /// For each artist of the catalog whether it was played.
    private let isPlayed: [Bool]

    /// Adds up the tracks of each artist.
    init(of taste: ProfileTaste, in index: CatalogIndex, now: Date) {
        self.init(of: FadedTrack.all(of: taste, in: index, at: now), in: index)
    }

    /// Adds up tracks in the order of the catalog.
    init(of tracks: [FadedTrack], in index: CatalogIndex) {
        var places = [Int32](repeating: -1, count: index.artistCount)
        var plays: [Plays] = []
        for track in tracks {
            guard let row = track.row else { continue }
            let artist = index.tracks[Int(row)].artist
            if places[Int(artist)] < 0 {
                places[Int(artist)] = Int32(plays.count)
                plays.append(Plays(artist: artist))
            }
            plays[Int(places[Int(artist)])].add(track)
        }
        all = plays.sorted { $0.artist < $1.artist }
        isPlayed = places.map { $0 >= 0 }
    }

    /// Whether the profile played anything by an artist.
    func contains(artist row: Int) -> Bool { row < isPlayed.count && isPlayed[row] }
}

import Foundation

/// How near tracks are to a taste, 0 to 1, when a wish decides what is asked for.
struct TasteNearness {
    private let index: CatalogIndex
    private let interests: Interests?
    private let played: [TrackID: Float]

    /// Prepares a taste.
    ///
    /// - Parameters:
    ///   - ranked: All tracks played, the best first.
    ///   - interests: Its sides.
    ///   - index: The catalog.
    init(ranked: [ScoredTrack], interests: Interests?, index: CatalogIndex) {
        self.index = index
        self.interests = interests
        var played = [TrackID: Float](minimumCapacity: ranked.count)
        for (rank, track) in ranked.enumerated() { played[track.id] = 1 - Float(rank) / Float(2 * ranked.count) }
        self.played = played
    }

    func hasPlayed(_ id: TrackID) -> Bool { played[id] != nil }

    /// From ½ for the track played least to 1 for the one played most; nil for one never played.
    func nearness(ofPlayed id: TrackID) -> Float? { played[id] }

    /// For what was never played, half the cosine of its artist with the nearest interest.
    func nearness(ofUnplayedBy row: Int) -> Float {
        0.5 * max(0, min(1, interests?.nearest(toArtist: row, in: index)?.cosine ?? 0))
    }

    /// The interest that an artist is nearest to.
    func interest(ofArtist row: Int) -> Int? { interests?.nearest(toArtist: row, in: index)?.interest }
}

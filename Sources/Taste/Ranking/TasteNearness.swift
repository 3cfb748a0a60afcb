import Foundation

/// How near tracks are to a taste, 0 to 1, when a wish decides what is asked for.
struct TasteNearness {
    private let index: MusicIndex
    private let interests: Interests?
    private let played: [Int64: Float]
    private let artists: Set<Int32>

    /// Prepares a taste.
    ///
    /// - Parameters:
    ///   - taste: The taste.
    ///   - ranked: All tracks played, the best first.
    ///   - index: The catalog.
    ///   - now: As if it were that time.
    init(_ taste: ProfileTaste, ranked: [ScoredTrack], index: MusicIndex, now: Date) {
        self.index = index
        interests = Interests(of: taste, in: index, now: now)
        var played: [Int64: Float] = [:]
        for (rank, track) in ranked.enumerated() { played[track.id] = 1 - Float(rank) / Float(2 * ranked.count) }
        self.played = played
        artists = Set(taste.counters.keys.compactMap { index.trackRows[$0].map { index.tracks[Int($0)].artist } })
    }

    func hasPlayed(artist row: Int) -> Bool { artists.contains(Int32(row)) }

    func hasPlayed(_ id: Int64) -> Bool { played[id] != nil }

    /// From ½ for the track played least to 1 for the one played most; nil for one never played.
    func nearness(ofPlayed id: Int64) -> Float? { played[id] }

    /// For what was never played, half the cosine of its artist with the nearest interest.
    func nearness(ofUnplayedBy row: Int) -> Float { 0.5 * max(0, min(1, nearestInterest(ofArtist: row)?.cosine ?? 0)) }

    /// The interest that an artist is nearest to.
    func interest(ofArtist row: Int) -> Int? { nearestInterest(ofArtist: row)?.interest }

    private func nearestInterest(ofArtist row: Int) -> (interest: Int, cosine: Float)? {
        guard let interests else { return nil }
        let cosines = interests.cosines(ofArtist: row, in: index)
        let nearest = interests.all.indices.max { (cosines[$0], $1) < (cosines[$1], $0) }
        // Two cosines were added up, of features and of places.
        return nearest.map { ($0, cosines[$0] / 2) }
    }
}

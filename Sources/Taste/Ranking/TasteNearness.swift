/// How near tracks are to a taste, 0 to 1, when a wish decides what is asked for.
struct TasteNearness: Sendable {
    private let likeness: ArtistLikeness?
    /// For each track of the catalog its nearness; 0 for one never played.
    private let played: [Float]

    /// Prepares a taste.
    ///
    /// - Parameters:
    ///   - ranked: All tracks played, the best first.
    ///   - likeness: How near artists are to its sides.
    ///   - index: The catalog.
    init(ranked: [ScoredTrack], likeness: ArtistLikeness?, index: CatalogIndex) {
        self.likeness = likeness
        var played = [Float](repeating: 0, count: index.trackCount)
        for (rank, track) in ranked.enumerated() {
            guard let row = index.trackRows[track.id] else { continue }
            played[Int(row)] = 1 - Float(rank) / Float(2 * ranked.count)
        }
        self.played = played
    }

    /// From ½ for the track played least to 1 for the one played most; nil for one never played.
    func nearness(ofPlayed row: Int32) -> Float? {
        Int(row) < played.count && played[Int(row)] > 0 ? played[Int(row)] : nil
    }

    /// The interest that an artist is nearest to, and half the cosine with it, which counts for tracks never played.
    func nearest(toArtist row: Int) -> (interest: Int, nearness: Float)? {
        (likeness?.nearest(toArtist: row)).map { ($0.interest, 0.5 * max(0, min(1, $0.cosine))) }
    }
}

/// How near tracks are to a taste, 0 to 1, when a wish decides what is asked for.
struct TasteNearness: Sendable {
    private let merits: ArtistMerits?
    /// For each track of the catalog its nearness; 0 for one never played.
    private let played: [Float]
    /// For each artist the most that any of its tracks has.
    private let most: [Float]
    /// Artists with the rows of tracks played, in order.
    private let tracks: [SIMD2<Int32>]

    /// Prepares a taste.
    ///
    /// - Parameters:
    ///   - rows: Rows of all tracks played, the best first; nil for one that the catalog lacks.
    ///   - merits: How near artists are to its sides.
    ///   - index: The catalog.
    init(rows: [Int32?], merits: ArtistMerits?, index: CatalogIndex) {
        self.merits = merits
        var played = [Float](repeating: 0, count: index.trackCount)
        var most = index.artists.indices.map { merits?.nearest(toArtist: $0).nearness ?? 0 }
        for (rank, row) in rows.enumerated() {
            guard let row = row.map(Int.init) else { continue }
            played[row] = 1 - Float(rank) / Float(2 * rows.count)
            let artist = Int(index.tracks[row].artist)
            most[artist] = max(most[artist], played[row])
        }
        (self.played, self.most) = (played, most)
        tracks = rows.compactMap { row in row.map { SIMD2(index.tracks[Int($0)].artist, $0) } }
            .sorted { ($0.x, $0.y) < ($1.x, $1.y) }
    }

    /// Rows of the tracks played of an artist.
    func tracks(ofArtist row: Int) -> some Sequence<Int32> {
        var (start, end) = (0, tracks.count)
        while start < end {
            let middle = (start + end) / 2
            if tracks[middle].x < Int32(row) { start = middle + 1 } else { end = middle }
        }
        return tracks[start...].lazy.prefix { $0.x == Int32(row) }.map(\.y)
    }

    /// From ½ for the track played least to 1 for the one played most; nil for one never played.
    func nearness(ofPlayed row: Int32) -> Float? {
        Int(row) < played.count && played[Int(row)] > 0 ? played[Int(row)] : nil
    }

    /// The interest that an artist is nearest to, and half the cosine with it, which counts for tracks never played.
    func nearest(toArtist row: Int) -> (interest: Int, nearness: Float)? { merits?.nearest(toArtist: row) }

    /// The nearness of the nearest of an artist's tracks.
    func most(ofArtist row: Int) -> Float { most[row] }
}

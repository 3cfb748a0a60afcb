/// How near every artist of a catalog is to each side of a taste, by row: computed once for many lists.
struct ArtistLikeness: Sendable {
    /// For each artist the sums of two cosines that ``Interests/cosines(ofArtist:in:)`` has.
    private let rows: [SIMD16<Float>]
    private let interestCount: Int

    init(_ interests: Interests, in index: CatalogIndex) {
        rows = index.artists.indices.map { row in
            index.artistVectors.range(of: row).isEmpty
                ? SIMD16(repeating: 0) : interests.cosines(ofArtist: row, in: index)
        }
        interestCount = interests.all.count
    }

    /// How near an artist is to each interest and to the whole taste; 0 for one without tags.
    subscript(row: Int) -> SIMD16<Float> { rows[row] }

    /// The interest that an artist is nearest to, and the mean of the two cosines with it.
    func nearest(toArtist row: Int) -> (interest: Int, cosine: Float) {
        Interests.nearest(of: interestCount, in: rows[row])
    }
}

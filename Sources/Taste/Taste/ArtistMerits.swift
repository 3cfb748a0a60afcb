/// How every artist of a catalog suits each side of a taste, by row: computed once for many lists, in 16 bits each.
struct ArtistMerits: Sendable {
    /// What nearness to the whole taste counts beside nearness to one interest.
    private static let wholeTasteShare: Float = 0.4
    /// What an artist scores more, as a share, that is of the same years, and one that everybody knows.
    private static let yearsShare: Float = 0.3
    private static let fameShare: Float = 0.1
    /// What stands for 1; 3.9 is the most there is.
    static let one: Float = 8_192

    private let rows: [SIMD16<Int16>]
    /// The interest that each artist is nearest to.
    private let interests: [UInt8]
    /// Half the cosine with it.
    private let nearness: [Float]

    init(_ taste: Interests, in index: CatalogIndex) {
        var rows = [SIMD16<Int16>](repeating: .zero, count: index.artistCount)
        var interests = [UInt8](repeating: 0, count: index.artistCount)
        var nearness = [Float](repeating: 0, count: index.artistCount)
        for row in rows.indices where !index.artistVectors.range(of: row).isEmpty {
            let cosines = taste.cosines(ofArtist: row, in: index)
            let nearest = Interests.nearest(of: taste.all.count, in: cosines)
            interests[row] = UInt8(nearest.interest)
            nearness[row] = 0.5 * max(0, min(1, nearest.cosine))
            // Likeness by tags alone leaves many artists level, so those of the years that a side is of come first, and a
            // little those that many know.
            let fame = Self.fameShare * index.artists[row].popularity / 100
            let years = taste.cosines(of: index.artistDecades[row])
            let merits =
                (cosines + Self.wholeTasteShare * cosines[Interests.globalLane])
                * (1 + fame + Self.yearsShare * years) * Self.one
            rows[row] = Self.rounded(merits)
        }
        (self.rows, self.interests, self.nearness) = (rows, interests, nearness)
    }

    /// The nearest whole numbers. Above 2²³ a `Float` has no fraction, so adding and looking at the bits rounds without the
    /// checks of a conversion, which take longer than all cosines.
    static func rounded(_ numbers: SIMD16<Float>) -> SIMD16<Int16> {
        let shifted = numbers + 12_582_912
        var rounded = SIMD16<Int16>()
        for lane in 0..<16 { rounded[lane] = Int16(truncatingIfNeeded: shifted[lane].bitPattern) }
        return rounded
    }

    /// What an artist scores for each interest, and beside the whole taste, in parts of ``one``; 0 for one without tags.
    subscript(row: Int) -> SIMD16<Int16> { rows[row] }

    /// The interest that an artist is nearest to, and half the cosine with it.
    func nearest(toArtist row: Int) -> (interest: Int, nearness: Float) { (Int(interests[row]), nearness[row]) }
}

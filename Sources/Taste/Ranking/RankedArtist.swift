/// An artist with what it is ordered by.
struct RankedArtist: Comparable {
    var score: Float
    /// The lower comes first among equal scores.
    var tie: Int64
    var artist: Int32

    static func < (a: RankedArtist, b: RankedArtist) -> Bool { (a.score, b.tie) < (b.score, a.tie) }
}

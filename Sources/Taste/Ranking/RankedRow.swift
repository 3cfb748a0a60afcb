/// A row of artists or tracks with what it is ordered by.
struct RankedRow: Comparable {
    var score: Float
    /// The lower comes first among equal scores.
    var tie: Int64
    var row: Int32

    static func < (a: RankedRow, b: RankedRow) -> Bool { a.score == b.score ? a.tie > b.tie : a.score < b.score }
}

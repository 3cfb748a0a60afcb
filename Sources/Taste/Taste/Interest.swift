/// One side of a taste: artists that sound alike.
struct Interest: Equatable, Sendable {
    /// The tag that tells it best from all other music; nil if its artists share none.
    var name: String?
    /// Share of a list that it is due; all sum to 1.
    var importance: Double
    /// Rows of its artists, the most played first.
    var artists: [Int32]
}

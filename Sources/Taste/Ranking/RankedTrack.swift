/// A track with its place in an order, and what put it there.
public struct RankedTrack: Equatable, Sendable {
    /// Which track.
    public var trackID: Int64
    /// What it was ranked with: the sum of the terms.
    public var score: Double
    /// What the score is made of.
    public var terms: [ScoreTerm]
    /// Number of the interest that it serves, for lists in proportion; nil if none.
    public var interest: Int?
    /// What it rests on; ``MusicIndex/reason(for:by:)`` puts it into words.
    var ground: Ground

    /// Creates a ranked track; the score is the sum of the terms.
    init(trackID: Int64, terms: [ScoreTerm], ground: Ground, interest: Int? = nil) {
        self.trackID = trackID
        self.terms = terms
        self.ground = ground
        self.interest = interest
        score = terms.reduce(0) { $0 + $1.value }
    }
}

import Foundation

/// A track with what it is ordered by: score, then the later play, then the lower id, so that no order is left to chance.
struct ScoredTrack: Comparable, Sendable {
    var score: Double
    var last: Date
    var id: TrackID

    static func < (a: ScoredTrack, b: ScoredTrack) -> Bool {
        if a.score != b.score { return a.score < b.score }
        if a.last != b.last { return a.last < b.last }
        return a.id > b.id
    }
}

/// A row of artists or tracks with what it is ordered by.
struct RankedRow: Comparable {
    var score: Float
    /// The lower comes first among equal scores.
    var tie: Int64
    var row: Int32

    static func < (a: RankedRow, b: RankedRow) -> Bool { a.score == b.score ? a.tie > b.tie : a.score < b.score }
}

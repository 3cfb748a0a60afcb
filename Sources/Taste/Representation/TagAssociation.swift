import Foundation

/// How much more often two tags meet on an artist than chance would have it: a sparse symmetric matrix.
///
/// Positive pointwise mutual information with smoothed context counts, after Levy, Goldberg and Dagan ("Improving
/// distributional similarity with lessons learned from word embeddings", 2015).
struct TagAssociation {
    /// A tag on fewer artists is too rare to be placed.
    private static let leastArtists = 3
    /// Exponent that keeps rare tags from counting for too much; their .75, shared out on both sides.
    private static let smoothing = 0.875

    /// Rows of matrix by tag; tags that are too rare have none.
    private(set) var rows = SparseRows()

    init(artists: [IndexedArtist], tagCount: Int) {
        let (byTag, counts) = Self.artistsByTag(artists, tagCount)
        let smoothed = counts.map { pow(Double($0), Self.smoothing) }
        let total = counts.reduce(0.0) { $0 + Double($1) }
        var together = [Float](repeating: 0, count: tagCount)
        for tag in 0..<tagCount {
            var touched: [Int32] = []
            for artist in byTag[tag] {
                for other in artists[Int(artist)].tags where Int(other.tag) != tag && counts[Int(other.tag)] > 0 {
                    if together[Int(other.tag)] == 0 { touched.append(other.tag) }
                    together[Int(other.tag)] += 1
                }
            }
            var row: [WeightedTag] = []
            for other in touched.sorted() {
                let expected = smoothed[tag] * smoothed[Int(other)]
                let information = log(Double(together[Int(other)]) * pow(total, 2 * Self.smoothing - 1) / expected)
                if information > 0 { row.append(WeightedTag(tag: other, weight: Float(information))) }
                together[Int(other)] = 0
            }
            rows.set(row, row: tag)
        }
    }

    /// Which artists have a tag, and how many tags they have besides; 0 for a rare tag.
    private static func artistsByTag(_ artists: [IndexedArtist], _ tagCount: Int) -> ([[Int32]], [Int]) {
        var byTag = [[Int32]](repeating: [], count: tagCount)
        for (row, artist) in artists.enumerated() {
            for tag in artist.tags { byTag[Int(tag.tag)].append(Int32(row)) }
        }
        for tag in byTag.indices where byTag[tag].count < leastArtists { byTag[tag] = [] }
        let counts = byTag.map { $0.reduce(0) { $0 + artists[Int($1)].tags.count } }
        return (byTag, counts)
    }
}

/// Tags as directions in which near ones meet, learned from nothing but the household's own catalog.
struct TagEmbedding: Sendable {
    private var tags: [Vector64] = []

    init() {}

    init(artists: [IndexedArtist], tagCount: Int) {
        let axes = PrincipalAxes(of: TagAssociation(artists: artists, tagCount: tagCount).rows)
        tags = axes.coordinates.map(\.unit)
    }

    /// The unit vector of weighted tags; zero if none of them is placed.
    func vector(of weighted: [WeightedTag]) -> Vector64 {
        var sum = Vector64.zero
        for tag in weighted where Int(tag.tag) < tags.count { sum.add(tags[Int(tag.tag)], times: tag.weight) }
        return sum.unit
    }
}

import Foundation

/// How near an artist's tags are to the artists that each person plays most, 1 on average over the people.
///
/// It says something of music that nobody in the house has played. What it was asked is kept.
public struct TagNearness: Sendable {
    private let strongest: [[(row: Int32, share: Float)]]
    private var found: [Int32: [Double]] = [:]

    /// Begins with what the people play by now.
    public init(to histories: [ListenerHistory]) { strongest = histories.map(\.strongestArtists) }

    /// The nearness of an artist to each person; 1 for all when it has no tags.
    public mutating func of(_ artist: Int32, in index: CatalogIndex) -> [Double] {
        if let known = found[artist] { return known }
        let nearness = compute(artist, in: index)
        found[artist] = nearness
        return nearness
    }

    private func compute(_ artist: Int32, in index: CatalogIndex) -> [Double] {
        let tags = index.tagVectors.entries(of: Int(artist))
        guard !tags.isEmpty else { return Array(repeating: 1, count: strongest.count) }
        var dense = [Float](repeating: 0, count: index.tags.names.count)
        for tag in tags { dense[Int(tag.tag)] = tag.weight }
        let near = strongest.map { artists in
            artists.reduce(ListenerWeights.leastNearness) { sum, other in
                let cosine = index.tagVectors.dot(row: Int(other.row), dense)
                return sum + other.share * exp(ListenerWeights.nearnessSharpness * (cosine - 1))
            }
        }
        let mean = near.reduce(0, +) / Float(max(near.count, 1))
        return near.map { Double($0 / mean) }
    }
}

import Foundation

/// An artist as the index keeps it.
struct IndexedArtist: Sendable {
    /// As first credited.
    var name: String
    /// Identity key.
    var key: String
    /// Tags with their weights.
    var tags: [WeightedTag] = []
    /// Rows of its tracks, the best known first, so that choosing a few need not look at all.
    var tracks: [Int32] = []
    /// Popularity of its best known track, 0 to 100; 0 where the catalog does not say.
    var popularity: Float = 0

    /// Whether its tracks are mostly longer than songs are, in whatever kind of music.
    var isLongForm = false

    /// Seconds above which a track is longer than songs are.
    private static let longS: Float = 600

    /// Puts the best known of its tracks first.
    mutating func sortTracks(_ all: [IndexedTrack]) {
        func isBefore(_ a: Int32, _ b: Int32) -> Bool {
            (all[Int(b)].popularity, a) < (all[Int(a)].popularity, b)
        }
        if !zip(tracks, tracks.dropFirst()).allSatisfy(isBefore) { tracks.sort(by: isBefore) }
    }

    /// Takes in what depends on its tracks.
    mutating func describe(tracks all: [IndexedTrack]) {
        sortTracks(all)
        popularity = tracks.reduce(0) { max($0, all[Int($1)].popularity) }
        isLongForm = 2 * tracks.count { all[Int($0)].durationS > Self.longS } > tracks.count
    }

    /// Whether the name has a mark inside that ends a clause elsewhere: "Tyler, The Creator".
    var hasInnerMark: Bool { name.dropLast().contains { ",;:!?./…".contains($0) } }

    /// Takes a clearly shorter name of the same artist, one without its guests.
    mutating func rename(_ other: String) {
        if other.utf8.count + Self.articleLength < name.utf8.count { name = other }
    }

    /// "The " in front is no reason to prefer the shorter name.
    private static let articleLength = 4

    /// Adds weight to a tag.
    mutating func add(_ tag: Int32, weight: Float) {
        if let position = tags.firstIndex(where: { $0.tag == tag }) {
            tags[position].weight += weight
        } else {
            tags.append(WeightedTag(tag: tag, weight: weight))
        }
    }

    /// Makes sure that a tag weighs at least so much.
    mutating func ensure(_ tag: Int32, weight: Float) {
        if let position = tags.firstIndex(where: { $0.tag == tag }) {
            tags[position].weight = max(tags[position].weight, weight)
        } else {
            tags.append(WeightedTag(tag: tag, weight: weight))
        }
    }

    /// How well known an artist is: by what this catalog has of it, and by popularity figures where there are any.
    var prior: Float {
        let logTracks = tracks.count < Self.logs.count ? Self.logs[tracks.count] : .log1p(Float(tracks.count))
        return Self.priorPerLogTrack * logTracks + Self.priorOfMostPopular * popularity / 100
    }

    private static let priorPerLogTrack: Float = 0.3
    private static let priorOfMostPopular: Float = 0.3
    /// Logarithms of one and the first few counts, which almost all artists have.
    private static let logs = (0..<256).map { Float.log1p(Float($0)) }
}

/// How much a tag weighs by where it stood.
enum TagWeight {
    /// Among the genres of an artist.
    static let ofArtist: Float = 1
    /// Among the genres of one track.
    static let ofTrack: Float = 0.15
    /// Share that a shared credit inherits from its lead artist.
    static let inherited: Float = 0.7
}

extension Float {
    /// Natural logarithm of 1 + x.
    static func log1p(_ x: Float) -> Float { Float(Foundation.log1p(Double(x))) }
}

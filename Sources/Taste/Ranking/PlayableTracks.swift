/// A set of tracks, one bit for each number up to the highest.
public struct TrackSet: Equatable, Sendable {
    private var words: [UInt64] = []

    /// Creates an empty set.
    public init() {}

    /// Adds a track.
    public mutating func insert(_ id: TrackID) {
        guard id.rawValue >= 0 else { return }
        let word = Int(id.rawValue >> 6)
        if word >= words.count { words += [UInt64](repeating: 0, count: max(word + 1 - words.count, words.count)) }
        words[word] |= 1 << UInt64(id.rawValue & 63)
    }

    /// Whether it has a track.
    public func contains(_ id: TrackID) -> Bool {
        let word = Int(id.rawValue >> 6)
        return words.indices.contains(word) && words[word] & (1 << UInt64(id.rawValue & 63)) != 0
    }
}

/// The tracks of a catalog that a player can play, row by row, and the artists that have any.
public struct PlayableTracks: Sendable {
    private let catalog: CatalogIdentity
    private let tracks: [Bool]
    private let artists: [Bool]

    /// Finds them in a catalog.
    public init(_ set: TrackSet, in index: CatalogIndex) {
        catalog = index.identity
        var artists = [Bool](repeating: false, count: index.artists.count)
        tracks = index.tracks.map { track in
            let isPlayable = set.contains(track.id)
            if isPlayable { artists[Int(track.artist)] = true }
            return isPlayable
        }
        self.artists = artists
    }

    /// Whether it is right for a catalog.
    public func fits(_ index: CatalogIndex) -> Bool { catalog === index.identity }

    func contains(_ row: Int32) -> Bool { tracks[Int(row)] }

    /// Whether a track of the catalog that it was made for can be played.
    public func contains(_ id: TrackID, in index: CatalogIndex) -> Bool { index.trackRows[id].map(contains) ?? false }

    func hasTracks(ofArtist row: Int) -> Bool { artists[row] }
}

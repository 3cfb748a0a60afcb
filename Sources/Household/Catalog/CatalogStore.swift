/// Reads the catalog.
public protocol CatalogReading {
    func trackCount() throws -> Int
    /// The tracks with these ids, in no order.
    func tracks(_ ids: [Track.ID]) throws -> [Track]
    /// Every track once, by id and without its address; nothing is kept in memory.
    func forEachTrack(_ body: (Track) throws -> Void) throws
    /// The track with this key, else the one that has this uri now.
    func trackID(of media: HeardMedia) throws -> Track.ID?
}

/// Changes the catalog.
public protocol CatalogWriting: CatalogReading {
    /// Finds the track that was heard, or adds it.
    ///
    /// - Returns: The track's id, and the track when it is new.
    /// - Throws: ``HouseholdError`` `invalid` when the title is missing.
    func findOrAddTrack(heard media: HeardMedia) throws -> (id: Track.ID, added: Track?)
    /// Adds tracks, or completes those that are there. Empty fields never erase what is known. An address belongs to the
    /// track that came with it last.
    ///
    /// - Parameters:
    ///   - tracks: Rows of a catalog file.
    ///   - isDemo: Whether they are of the catalog that comes with Haunt.
    ///   - hasMore: Whether rows of the same file follow. Then a row with a new name and the address of another track is
    ///     not stored: only the rest of the file can tell whether it is that track under another name.
    /// - Returns: What was done with the rows.
    /// - Throws: What the store throws.
    func importTracks(_ tracks: [TrackDetails], isDemo: Bool, hasMore: Bool) throws -> CatalogCounts
    /// Removes demo tracks that nobody ever played.
    func removeUnplayedDemoTracks() throws
}

/// What was done with rows of a catalog file.
public struct CatalogCounts: Equatable, Sendable {
    /// Tracks that are new.
    public var added = 0
    /// Tracks that were there already.
    public var updated = 0
    /// Places of the rows that were not stored, because the rest of the file decides what they are.
    public var undecided: [Int] = []

    /// Creates a count.
    public init(added: Int = 0, updated: Int = 0, undecided: [Int] = []) {
        self.added = added
        self.updated = updated
        self.undecided = undecided
    }
}

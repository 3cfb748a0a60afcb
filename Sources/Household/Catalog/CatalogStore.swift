/// Reads the catalog.
public protocol CatalogReading {
    /// Number of tracks.
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
    /// - Returns: How many tracks are new, and how many were there already.
    func importTracks(_ tracks: [TrackDetails], isDemo: Bool) throws -> (added: Int, updated: Int)
    /// Removes demo tracks that nobody ever played.
    func removeUnplayedDemoTracks() throws
}

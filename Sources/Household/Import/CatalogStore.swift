public import Listening
public import Taste

/// Reads the catalog.
public protocol CatalogReading {
    /// How many tracks there are.
    func trackCount() throws -> Int
    /// The tracks with these ids, in no order.
    func tracks(_ ids: [TrackID]) throws -> [Track]
    /// Every track once, by id; nothing is kept in memory.
    func forEachTrack(_ body: (TrackDescription) throws -> Void) throws
    /// The track that this is, by its uri or by normalised artist and title.
    func trackID(of media: Media) throws -> TrackID?
}

/// Changes the catalog.
public protocol CatalogWriting: CatalogReading {
    /// Finds the track that was heard, or adds it.
    ///
    /// - Returns: The track's id, and its description when it is new.
    func findOrAddTrack(heard media: Media) throws -> (id: TrackID, added: TrackDescription?)
    /// Adds catalog rows, or completes the tracks that they are. Empty fields never erase what is known.
    ///
    /// - Returns: How many tracks are new, and how many were there already.
    func importTracks(_ tracks: [ImportedTrack], isDemo: Bool) throws -> (added: Int, updated: Int)
    /// Removes demo tracks that nobody ever played.
    func removeUnplayedDemoTracks() throws
}

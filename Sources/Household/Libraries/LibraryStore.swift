public import Foundation

/// What the store knows of a library.
public struct StoredLibrary: Equatable, Sendable {
    /// Its name in the configuration.
    public var name: String
    /// What stood in it when it was last read whole; nil when it is to be read again in any case.
    public var revision: String?
    /// When it was last found as the store has it.
    public var syncedAt: Date?
    /// How many tracks had an address in it then.
    public var tracks = 0
    /// The number of its last reading. Each address has the number of the reading that found it last.
    public var generation = 0
    /// The reading that broke, or that is under way.
    public var reading: Reading?
    /// Why the last reading did not end, in words; nil when it did.
    public var problem: String?
    /// Whether a person must say that more than half of it may go.
    public var needsConfirmation = false

    /// A reading that has not ended.
    public struct Reading: Equatable, Sendable {
        /// Where the next page begins; nil for the first page.
        public var position: String?
        /// What stood in the library when the reading began.
        public var revision: String
        /// How many tracks had an address in the library when it began.
        public var tracksBefore: Int
        /// How many tracks were read so far.
        public var read = 0

        /// Creates the value of a stored row.
        public init(position: String?, revision: String, tracksBefore: Int, read: Int = 0) {
            self.position = position
            self.revision = revision
            self.tracksBefore = tracksBefore
            self.read = read
        }
    }

    /// Creates a library that was never read.
    public init(name: String) { self.name = name }
}

/// How many tracks a page brought.
public struct LibraryCounts: Equatable, Sendable {
    /// Tracks that the catalog did not have.
    public var added = 0
    /// Tracks that it had.
    public var known = 0
    /// Vectors of sound that are new or others than before.
    public var sounds = 0

    /// Creates a count.
    public init(added: Int = 0, known: Int = 0, sounds: Int = 0) {
        self.added = added
        self.known = known
        self.sounds = sounds
    }
}

/// Reads libraries and the addresses of tracks in them.
public protocol LibraryReading {
    /// What is known of a library; nil for one that was never read.
    func library(_ name: String) throws -> StoredLibrary?
    /// The address of tracks in each library, by the library's name.
    func addresses(of ids: [Track.ID]) throws -> [Track.ID: [String: String]]
    /// The tracks that have addresses in a library, by address.
    func trackIDs(at addresses: [String], inLibrary name: String) throws -> [String: Track.ID]
    /// The embedding spaces that tracks have vectors in, the newest first.
    ///
    /// - Parameter library: Counts the tracks that have an address in this library; nil counts all.
    /// - Returns: The spaces.
    /// - Throws: What the store throws.
    func soundSpaces(ofLibrary library: String?) throws -> [SoundSpace]
    /// Every vector of a space, in the order of the ids of its tracks.
    func forEachSound(inSpace name: String, _ body: (Track.ID, [Float]) -> Void) throws
    /// The vectors that tracks have in a space, in no order.
    func sounds(of ids: [Track.ID], inSpace name: String) throws -> [(id: Track.ID, values: [Float])]
    /// Every track that has an address in one of these libraries, more than once if it has several.
    func forEachTrack(inLibraries names: [String], _ body: (Track.ID) -> Void) throws
    /// How many tracks have an address in a library.
    func trackCount(ofLibrary name: String) throws -> Int
    /// How many tracks have an address in a library and would have none after a reading.
    ///
    /// - Parameters:
    ///   - name: The library.
    ///   - generation: The number of the reading, which has ended.
    /// - Returns: The number of tracks.
    /// - Throws: What the store throws.
    func tracksLost(byLibrary name: String, generation: Int) throws -> Int
}

/// Changes libraries and the addresses of tracks in them.
public protocol LibraryWriting: LibraryReading {
    /// Stores what is known of a library.
    func saveLibrary(_ library: StoredLibrary) throws
    /// Adds tracks that a library has, or completes those that are there, found by their names alone. An address that
    /// another track has keeps it until ``moveAddresses(ofLibrary:generation:limit:)``.
    func importTracks(_ tracks: [LibraryTrack], ofLibrary name: String, generation: Int) throws -> LibraryCounts
    /// Gives addresses to the tracks that have them since a reading.
    ///
    /// - Returns: How many addresses were given, at most as many as the limit.
    func moveAddresses(ofLibrary name: String, generation: Int, limit: Int) throws -> Int
    /// Removes addresses that a reading did not find.
    ///
    /// - Returns: How many addresses were removed, at most as many as the limit.
    func removeAddresses(ofLibrary name: String, before generation: Int, limit: Int) throws -> Int
    /// Removes vectors of spaces.
    ///
    /// - Returns: How many vectors were removed, at most as many as the limit.
    func removeSounds(inSpaces names: [String], limit: Int) throws -> Int
}

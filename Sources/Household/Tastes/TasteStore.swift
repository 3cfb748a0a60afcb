public import Foundation

/// When a taste was last built, and how often.
public struct TasteStamp: Equatable, Sendable {
    /// Grows with every change.
    public var version: Int
    /// When it last changed.
    public var builtAt: Date?
    /// Whether listens were stored that the taste does not have yet, so that it must be rebuilt.
    public var isStale: Bool

    /// Creates a stamp.
    public init(version: Int = 0, builtAt: Date? = nil, isStale: Bool = false) {
        self.version = version
        self.builtAt = builtAt
        self.isStale = isStale
    }

    /// The stamp of the taste after a change. A taste that lacks listens lacks them still.
    func next(at time: Date) -> TasteStamp {
        TasteStamp(version: version + 1, builtAt: time.wholeMilliseconds, isStale: isStale)
    }
}

/// One track of a stored taste.
public struct TasteTrack: Equatable, Sendable {
    public let trackID: Track.ID
    public let firstPlayedAt: Date
    public let lastPlayedAt: Date
    /// Plays that fade by half in 1, 4, 16, 64, 256 and 1,024 days, as of ``lastPlayedAt``, and plays that do not fade.
    public let plays: [Double]

    /// Creates the value of a stored row.
    public init(trackID: Track.ID, firstPlayedAt: Date, lastPlayedAt: Date, plays: [Double]) {
        self.trackID = trackID
        self.firstPlayedAt = firstPlayedAt
        self.lastPlayedAt = lastPlayedAt
        self.plays = plays
    }
}

/// Reads tastes. `default` has one under its row id, too.
public protocol TasteReading {
    /// Every track of a profile's taste, in no order; nothing is kept in memory.
    func forEachTasteTrack(ofProfile id: Profile.ID, _ body: (TasteTrack) throws -> Void) throws
    /// How the profile weighs its kernels, as ``saveKernels(_:profile:)`` stored it; nil when nothing is stored.
    func kernels(ofProfile id: Profile.ID) throws -> Data?
    /// Version and time of a profile's taste.
    func tasteStamp(ofProfile id: Profile.ID) throws -> TasteStamp
}

/// Changes tastes.
public protocol TasteWriting: TasteReading {
    /// Writes tracks of a taste, and replaces those that it has.
    func saveTasteTracks(_ tracks: some Sequence<TasteTrack>, profile id: Profile.ID) throws
    /// Removes a track from a taste; nil removes all tracks.
    func removeTasteTrack(_ trackID: Track.ID?, profile id: Profile.ID) throws
    /// Writes how the profile weighs its kernels, as JSON.
    func saveKernels(_ kernels: Data, profile id: Profile.ID) throws
    /// Writes version and time.
    func saveTasteStamp(_ stamp: TasteStamp, profile id: Profile.ID) throws
}

extension TasteWriting {
    /// Marks a taste as lacking listens that were stored, so that it is rebuilt.
    func markTasteStale(_ id: Profile.ID) throws {
        var stamp = try tasteStamp(ofProfile: id)
        stamp.isStale = true
        try saveTasteStamp(stamp, profile: id)
    }
}

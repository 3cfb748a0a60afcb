public import Foundation
public import Taste

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

/// Reads tastes. `default` has one under its row id, too.
public protocol TasteReading {
    /// The stored taste of a profile, empty if there is none.
    func taste(ofProfile id: Profile.ID) throws -> ProfileTaste
    /// Version and time of a profile's taste.
    func tasteStamp(ofProfile id: Profile.ID) throws -> TasteStamp
}

/// Changes tastes.
public protocol TasteWriting: TasteReading {
    /// Writes one track's counters; nil removes them.
    func saveCounters(_ counters: PlayCounters?, ofTrack trackID: TrackID, profile id: Profile.ID) throws
    /// Writes the profile's choice of kernel, when it changed.
    func saveKernel(_ kernel: KernelState, profile id: Profile.ID) throws
    /// Replaces the whole taste of a profile.
    func replaceTaste(_ taste: ProfileTaste, profile id: Profile.ID) throws
    /// Writes version and time.
    func saveTasteStamp(_ stamp: TasteStamp, profile id: Profile.ID) throws
}

public import Foundation
public import Taste

/// When a taste was last built, and how often.
public struct TasteStamp: Equatable, Sendable {
    /// Grows with every change.
    public var version: Int
    /// When it last changed.
    public var builtAt: Date?
    /// Whether listens came in that it does not have yet; a rebuild is owed.
    public var isStale: Bool

    /// Creates a stamp.
    public init(version: Int = 0, builtAt: Date? = nil, isStale: Bool = false) {
        self.version = version
        self.builtAt = builtAt
        self.isStale = isStale
    }
}

/// Reads tastes.
///
/// A taste is keyed by the profile's row id, that of `default` included.
public protocol TasteReading {
    /// The stored taste of a profile, empty if there is none.
    func taste(ofProfile id: Int64) throws -> ProfileTaste
    /// Version and time of a profile's taste.
    func tasteStamp(ofProfile id: Int64) throws -> TasteStamp
}

/// Changes tastes.
public protocol TasteWriting: TasteReading {
    /// Writes one track's counters; nil removes them.
    func saveCounters(_ counters: PlayCounters?, ofTrack trackID: Int64, profile id: Int64) throws
    /// Writes the profile's choice of kernel, when it changed.
    func saveKernel(_ kernel: KernelState, profile id: Int64) throws
    /// Replaces the whole taste of a profile.
    func replaceTaste(_ taste: ProfileTaste, profile id: Int64) throws
    /// Writes version and time.
    func saveTasteStamp(_ stamp: TasteStamp, profile id: Int64) throws
}

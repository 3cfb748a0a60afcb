import Foundation
import Listening
import Taste

/// The tastes that are in memory: copies of what is stored, read when first needed and dropped at any time.
struct Tastes {
    private var memories: [Profile.ID: ProfileMemory] = [:]

    /// A profile's taste, read from the store when it is not in memory.
    mutating func taste(of profile: Profile, in store: any HouseholdStore) throws -> ProfileMemory {
        if let memory = memories[profile.id] { return memory }
        let memory = try store.read { try ProfileMemory(of: profile, in: $0) }
        memories[profile.id] = memory
        return memory
    }

    /// A profile's taste if it is in memory.
    func known(_ id: Profile.ID) -> ProfileMemory? { memories[id] }

    /// Drops a taste because the store has another by now.
    mutating func forget(_ id: Profile.ID) { memories[id] = nil }

    /// Replaces a stored taste by what the stored listens say.
    static func rebuild(_ profile: Profile, at time: Date, in store: any HouseholdWriting) throws {
        let taste = ProfileTaste.rebuilt(from: try store.countedPlays(owner: profile.owner, before: nil))
        try store.replaceTaste(taste, profile: profile.id)
        var stamp = try store.tasteStamp(ofProfile: profile.id).next(at: time)
        stamp.isStale = false
        try store.saveTasteStamp(stamp, profile: profile.id)
    }
}

/// What is in memory of a profile.
///
/// It is a class, so that a play changes a large taste in place. It never leaves the household; what leaves is a copy of
/// the taste.
final class ProfileMemory {
    /// The taste, as stored.
    private(set) var taste: ProfileTaste
    /// Counts of the profile's listens, as stored.
    private(set) var stats: ListenStats
    /// Version and time of the taste.
    private(set) var stamp: TasteStamp
    /// What the profile's person said of tracks, as stored.
    private(set) var verdicts: [GivenVerdict]
    /// The taste in a few names; nil until somebody needed the catalog's index.
    private(set) var summary: TasteSummary?
    private var summaryVersion: Int?

    init(of profile: Profile, in store: any HouseholdReading) throws {
        taste = try store.taste(ofProfile: profile.id)
        stats = try store.listenStats(owner: profile.owner)
        stamp = try store.tasteStamp(ofProfile: profile.id)
        verdicts = try store.feedback(ofProfile: profile.id).map { GivenVerdict($0) }
    }

    /// What a stored listen changes in the taste; nil when it changes nothing.
    func change(by listen: Listen, of profile: Profile, in store: any HouseholdReading) throws -> TasteChange? {
        let play = CountedPlay(
            trackID: TrackID(listen.trackID), startedAt: listen.event.startedAt, heardS: listen.event.playedS,
            isCompleted: listen.event.outcome == .completed)
        switch taste.change(for: play) {
        case .nothing: return nil
        case .recount(let trackID):
            return taste.recounted(trackID, from: try store.countedPlays(owner: profile.owner, trackID: RowID(trackID)))
        case .rebuild:
            return .replace(ProfileTaste.rebuilt(from: try store.countedPlays(owner: profile.owner, before: nil)))
        case let change: return change
        }
    }

    /// Takes in a listen that was committed.
    func apply(_ recording: Recording) {
        if let (change, stamp) = recording.tasteChange {
            taste.apply(change)
            self.stamp = stamp
        }
        let listen = recording.listen
        guard listen.event.outcome != .skipped else { return }
        stats.count(trackID: listen.trackID, startedAt: listen.event.startedAt)
    }

    /// Reads again what the person said of tracks.
    func refreshVerdicts(ofProfile id: Profile.ID, in store: any HouseholdStore) throws {
        verdicts = try store.read { try $0.feedback(ofProfile: id) }.map { GivenVerdict($0) }
    }

    /// Whether the summary is of an older version of the taste.
    var isSummaryOutdated: Bool { summaryVersion != stamp.version }

    /// Keeps a summary of a version of the taste.
    ///
    /// - Returns: Whether it differs from the one before.
    func keep(_ summary: TasteSummary, ofVersion version: Int) -> Bool {
        summaryVersion = version
        guard self.summary != summary else { return false }
        self.summary = summary
        return true
    }
}

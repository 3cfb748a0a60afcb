import Foundation
import Listening
import Taste

/// The tastes that are in memory: copies of what is stored, read when first needed and dropped at any time.
struct Tastes {
    private var memories: [Profile.ID: ProfileMemory] = [:]
    /// Profiles whose tastes were dropped. Their stored tastes may be stale, until somebody has looked.
    private var dropped: Set<Profile.ID> = []
    /// Whether stale tastes are being rebuilt.
    var isRefreshing = false

    /// A profile's taste, read from the store when it is not in memory.
    mutating func taste(of profile: Profile, in store: any HouseholdStore) throws -> ProfileMemory {
        if let memory = memories[profile.id] { return memory }
        let memory = try store.read { try ProfileMemory(of: profile, in: $0) }
        memories[profile.id] = memory
        dropped.remove(profile.id)
        return memory
    }

    /// A profile's taste if it is in memory.
    func known(_ id: Profile.ID) -> ProfileMemory? { memories[id] }

    /// Drops a taste because the store has another by now.
    mutating func forget(_ id: Profile.ID) {
        memories[id] = nil
        dropped.insert(id)
    }

    /// Whether a taste lacks something that is stored, as far as is known: one that was dropped may.
    var mayAnyBeStale: Bool { !dropped.isEmpty || memories.values.contains(where: \.stamp.isStale) }

    /// Those of the profiles whose stored taste lacks something that is stored.
    mutating func stale(among profiles: [Profile], in store: any HouseholdStore) throws -> [Profile] {
        let stale = try store.read { store in
            try profiles.filter { try store.tasteStamp(ofProfile: $0.id).isStale }
        }
        dropped = []
        return stale
    }

    /// Replaces a stored taste by what the stored listens say. One of very many listens is marked as stale instead,
    /// because a rebuild would hold up the house.
    static func rebuild(_ profile: Profile, at time: Date, in store: any HouseholdWriting) throws {
        let count = try store.listenCounts(ListenSelection(owner: profile.owner)).values.reduce(0, +)
        guard count <= Limits.listensRebuiltAtOnce else { return try store.markTasteStale(profile.id) }
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
    /// The taste in a few names; nil until the catalog's index is in memory.
    private(set) var summary: TasteSummary?
    private var summaryVersion: Int?
    /// Number of changes since it was read.
    private(set) var changeCount = 0
    /// Whether a change of the current transaction has no version yet.
    private var hasNewChange = false

    init(of profile: Profile, in store: any HouseholdReading) throws {
        taste = try store.taste(ofProfile: profile.id)
        stats = try store.listenStats(owner: profile.owner)
        stamp = try store.tasteStamp(ofProfile: profile.id)
        verdicts = try store.feedback(ofProfile: profile.id).map { GivenVerdict($0) }
    }

    /// What a listen that was just stored changes in the taste.
    func change(by listen: Listen, of profile: Profile, in store: any HouseholdReading) throws -> TasteChange {
        guard case .recount(let trackID) = taste.change(for: listen.countedPlay) else {
            return taste.change(for: listen.countedPlay)
        }
        return taste.recounted(trackID, from: try store.countedPlays(owner: profile.owner, trackID: RowID(trackID)))
    }

    /// Adds a new listen, and writes what it changes. Where the transaction fails, this memory must be dropped.
    func apply(_ recording: Recording, of profile: Profile, in store: any HouseholdWriting) throws {
        guard recording.isNew, let listen = recording.listen else { return }
        if listen.event.outcome != .skipped {
            stats.count(trackID: listen.trackID, startedAt: listen.event.startedAt)
        }
        guard case .update = recording.tasteChange else { return }
        if taste.isLate(listen.countedPlay) { stamp.isStale = true }
        taste.apply(recording.tasteChange)
        try store.save(recording.tasteChange, profile: profile.id)
        changeCount += 1
        hasNewChange = true
    }

    /// Ends a transaction: gives what changed a version. A small taste that became stale is rebuilt at once.
    func endBatch(of profile: Profile, at time: Date, in store: any HouseholdWriting) throws {
        guard hasNewChange else { return }
        hasNewChange = false
        stamp = stamp.next(at: time)
        if stamp.isStale, taste.rebuildWork <= Limits.tracksRebuiltAtOnce {
            taste = ProfileTaste.rebuilt(from: try store.countedPlays(owner: profile.owner, before: nil))
            try store.replaceTaste(taste, profile: profile.id)
            stamp.isStale = false
        }
        try store.saveTasteStamp(stamp, profile: profile.id)
    }

    /// Replaces the taste by one that was rebuilt and stored.
    func replace(by taste: ProfileTaste, stamp: TasteStamp) {
        self.taste = taste
        self.stamp = stamp
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

extension Listen {
    /// What a taste counts of it.
    fileprivate var countedPlay: CountedPlay {
        CountedPlay(
            trackID: TrackID(trackID), startedAt: event.startedAt, heardS: event.playedS,
            isCompleted: event.outcome == .completed)
    }
}

extension TasteWriting {
    /// Marks a taste as lacking something that is stored, so that it is rebuilt.
    func markTasteStale(_ id: Profile.ID) throws {
        var stamp = try tasteStamp(ofProfile: id)
        stamp.isStale = true
        try saveTasteStamp(stamp, profile: id)
    }
}

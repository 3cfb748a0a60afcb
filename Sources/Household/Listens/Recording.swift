import Foundation
import Taste

/// What became of one listen within its transaction.
struct Recording {
    /// The stored listen, or the one it repeats; nil for one that somebody removed.
    private(set) var listen: Listen?
    /// Whether it was stored before.
    let isDuplicate: Bool
    /// The track, when this listen is the first that the catalog learns of it.
    private(set) var addedTrack: Track?
    /// What the listen changed in its profile's taste.
    private(set) var tasteChange = TasteChange.nothing

    /// Whether it is in the store since now.
    var isNew: Bool { listen != nil && !isDuplicate }

    /// Stores a listen, unless it is there already or was removed, and what it changes in the taste of its profile.
    ///
    /// - Parameters:
    ///   - report: What was heard, and who has it.
    ///   - profile: The profile whose taste it counts for.
    ///   - taste: That taste as it is stored.
    ///   - matches: The listens that earlier reports of the same batch were matched with.
    ///   - store: The transaction.
    /// - Throws: What the store throws.
    init(
        _ report: NewListen, countingFor profile: Profile, _ taste: ProfileMemory, _ matches: inout ListenMatches,
        in store: any HouseholdWriting
    ) throws {
        if let same = try store.listen(eventID: report.eventID) {
            (listen, isDuplicate) = (same, true)
            return
        }
        switch try matches.find(report, of: profile.name, in: store) {
        case .stored(let id): (listen, isDuplicate) = (try store.listen(id), true)
        case .removed: (listen, isDuplicate) = (nil, true)
        case .new(let trackID, let added):
            let id = try store.insertListen(report, trackID: trackID)
            matches.add(id)
            let stored = Listen(
                id: id, trackID: trackID, event: report, profileName: report.owner == .nobody ? nil : profile.name)
            (listen, isDuplicate) = (stored, false)
            addedTrack = added
            tasteChange = try taste.change(by: stored, of: profile, in: store)
        }
    }

    /// Takes note of what is believed of who heard it.
    mutating func note(_ opinion: ListenerOpinion) {
        guard let listen else { return }
        var event = listen.event
        event.opinion = opinion
        self.listen = Listen(id: listen.id, trackID: listen.trackID, event: event, profileName: listen.profileName)
    }
}

/// Finds the listens that reports repeat, one to one: two reports of one batch are never matched with the same listen.
struct ListenMatches: Sendable {
    /// What a report is.
    enum Finding {
        /// One of a listen that is in the store.
        case stored(Listen.ID)
        /// One of a listen that somebody removed.
        case removed
        /// A new one, of this track; with its description when the catalog did not have it.
        case new(Track.ID, added: Track?)
    }

    private var stored: Set<Listen.ID> = []
    private var removed: Set<RemovedListen.ID> = []

    /// Finds the listen that a report repeats, so that no other report is matched with it. Otherwise it finds the track of the
    /// report, or adds it.
    ///
    /// - Parameters:
    ///   - report: The report.
    ///   - owner: Name of the profile that has it.
    ///   - store: The transaction.
    ///   - withRemoved: Whether a removed listen is stored again.
    /// - Returns: What the report is.
    /// - Throws: What the store throws.
    mutating func find(
        _ report: NewListen, of owner: String, in store: any HouseholdWriting, withRemoved: Bool = false
    ) throws -> Finding {
        if !withRemoved, try store.hasRemovedListens() {
            // Nothing of a removed listen is stored again, its track neither.
            if let track = try store.trackID(of: report.media), let id = try repeated(report.identity, track, in: store)
            {
                return .stored(id)
            }
            if try isRemoved(report, of: owner, in: store) { return .removed }
        }
        let track = try store.findOrAddTrack(heard: report.media)
        if track.added == nil, let id = try repeated(report.identity, track.id, in: store) { return .stored(id) }
        return .new(track.id, added: track.added)
    }

    /// Adds a listen that was stored for a report, so that no other report is matched with it.
    mutating func add(_ id: Listen.ID) { stored.insert(id) }

    /// The listen that says exactly the same, else the nearest within seconds, else the first of those within a minute.
    private mutating func repeated(
        _ report: ListenIdentity, _ trackID: Track.ID, in store: any HouseholdReading
    ) throws -> Listen.ID? {
        let candidates = try store.identities(of: trackID, beganIn: report.reach, nearest: report.startedAt)
        if candidates.isEmpty { return nil }
        let free = candidates.filter { !stored.contains($0.id) && report.isSame(as: $0.identity) }
        let apartS = { (other: StoredIdentity) in abs(other.identity.startedAt.timeIntervalSince(report.startedAt)) }
        let near = free.filter { apartS($0) <= Limits.sameStartS }.min { apartS($0) < apartS($1) }
        let same = candidates.first { report.isExactly($0.identity) } ?? near ?? free.first
        if let same { stored.insert(same.id) }
        return same?.id
    }

    private mutating func isRemoved(
        _ report: NewListen, of owner: String, in store: any HouseholdReading
    ) throws -> Bool {
        let mark = RemovedListen.Mark(report, of: owner, salt: try store.salt())
        let candidates = try store.removedListens(like: mark)
        let event = candidates.first { mark.eventHash == $0.mark.eventHash }
        guard let match = event ?? candidates.first(where: { mark.isSame(as: $0.mark) && !removed.contains($0.id) })
        else { return false }
        removed.insert(match.id)
        return true
    }
}

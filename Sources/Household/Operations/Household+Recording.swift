import Foundation
import Listening
import Taste

/// What became of one listen within its transaction.
struct Recording {
    var listen: Listen
    var isDuplicate: Bool
    /// The track, when this listen is the first that the catalog hears of it.
    var addedTrack: TrackDescription?
    /// What the listen does to its profile's taste; nil when too little was heard to say anything.
    var change: TasteChange?
    var stamp: TasteStamp?
}

extension Household {
    /// The one way into the store: listen, attribution, taste and checkpoint in one transaction.
    ///
    /// - Parameters:
    ///   - listen: What was heard, attributed.
    ///   - isCheckpointing: Whether the tracker's state goes along, as it must when the listen came from it.
    /// - Returns: The stored listen, and whether it was there before.
    /// - Throws: What the store throws; nothing is changed then, neither in the store nor in memory.
    func record(_ listen: NewListen, isCheckpointing: Bool) throws -> Recording {
        let profile = roster.profile(id: listen.profileID) ?? roster.defaultProfile
        let memory = try memory(of: profile)
        let checkpoint = isCheckpointing ? try checkpoint().encoded() : nil
        let began = ContinuousClock.now
        let recording = try write { store in
            if let checkpoint { try store.saveTrackerCheckpoint(checkpoint) }
            let track = try store.findOrAddTrack(heard: listen.media)
            if let known = try Self.known(listen, trackID: track.id, in: store) {
                return Recording(listen: known, isDuplicate: true)
            }
            let id = try store.insertListen(listen, trackID: track.id)
            let stored = Listen(
                id: id, trackID: track.id, event: listen,
                profileName: listen.profileID == nil ? nil : profile.name)
            var recording = Recording(listen: stored, isDuplicate: false, addedTrack: track.added)
            try Self.tell(&recording, to: memory, of: profile, at: now(), in: store)
            return recording
        }
        if recording.change != nil { counters.rebuilds.add(.now - began) }
        if isCheckpointing { lastCheckpoint = now() }
        remember(recording, of: profile)
        return recording
    }

    /// Finds the listen that this one repeats: same event, or same speaker, track and start.
    private static func known(_ listen: NewListen, trackID: Int64, in store: any HouseholdReading) throws -> Listen? {
        if let same = try store.listen(eventID: listen.eventID) { return same }
        let near = try store.listens(
            of: trackID, on: listen.speakerName, near: listen.startedAt, within: Limits.sameStartS)
        return near.first { other in
            // What a player does is told once: who skips on and back within seconds has played it twice.
            if listen.source == NewListen.playerSource, other.event.source == listen.source { return false }
            // Without a speaker, two people may well begin the same track together.
            return listen.speakerName != nil || other.event.profileID == listen.profileID
        }
    }

    /// Writes what a new listen does to the taste of its own profile.
    private static func tell(
        _ recording: inout Recording, to memory: ProfileMemory, of profile: Profile, at time: Date,
        in store: any HouseholdWriting
    ) throws {
        let listen = recording.listen
        let play = CountedPlay(
            trackID: listen.trackID, startedAt: listen.event.startedAt, heardS: listen.event.playedS,
            isCompleted: listen.event.outcome == .completed)
        var change = memory.taste.change(for: play)
        switch change {
        case .nothing: return
        case .update, .replace: break
        case .recount(let trackID):
            let plays = try store.countedPlays(owner: profile.ownerID, trackID: trackID)
            change = memory.taste.recounted(trackID, from: plays)
        case .rebuild:
            change = .replace(ProfileTaste.rebuilt(from: try store.countedPlays(owner: profile.ownerID, before: nil)))
        }
        try change.save(ofProfile: profile.id, in: store)
        let stamp = TasteStamp(version: memory.stamp.version + 1, builtAt: time.wholeMilliseconds)
        try store.saveTasteStamp(stamp, profile: profile.id)
        recording.change = change
        recording.stamp = stamp
    }

    /// Brings memory up to what was committed, and says so.
    private func remember(_ recording: Recording, of profile: Profile) {
        guard !recording.isDuplicate else {
            counters.duplicates += 1
            return
        }
        if let added = recording.addedTrack { library.add(added) }
        let event = recording.listen.event
        counters.recorded[.init(outcome: event.outcome, rule: event.rule), default: 0] += 1
        if let change = recording.change { memories[profile.id]?.taste.apply(change) }
        if let stamp = recording.stamp { memories[profile.id]?.stamp = stamp }
        let view = ListenView(recording.listen)
        if event.outcome == .skipped {
            observer.householdDid(.listenSkipped(view))
        } else {
            memories[profile.id]?.stats.count(trackID: recording.listen.trackID, startedAt: event.startedAt)
            observer.householdDid(.listenRecorded(view))
        }
        announce(profile)
    }

    /// What is known of a profile, read from the store when first asked for.
    func memory(of profile: Profile) throws -> ProfileMemory {
        if let memory = memories[profile.id] { return memory }
        let memory = try store.read { store in
            ProfileMemory(
                taste: try store.taste(ofProfile: profile.id),
                stats: try store.listenStats(owner: profile.ownerID),
                stamp: try store.tasteStamp(ofProfile: profile.id),
                verdicts: try store.verdicts(ofProfile: profile.id))
        }
        memories[profile.id] = memory
        return memory
    }

    func checkpoint() -> Checkpoint {
        Checkpoint(tracker: tracker.checkpoint(at: moment), unsaved: unsaved, guestPlays: guestPlays)
    }
}

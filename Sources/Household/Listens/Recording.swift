import Foundation
import Taste

/// What became of one listen within its transaction.
struct Recording {
    /// The stored listen, or the one it repeats.
    private(set) var listen: Listen
    let isDuplicate: Bool
    /// The track, when this listen is the first that the catalog learns of it.
    private(set) var addedTrack: Track?
    /// What the listen changed in its profile's taste; nil when it changed nothing.
    private(set) var tasteChange: (change: TasteChange, stamp: TasteStamp)?

    /// Stores a listen, unless it is there already, and what it changes in the taste of its profile.
    ///
    /// - Parameters:
    ///   - event: What was heard, and who has it.
    ///   - profile: The profile whose taste it counts for.
    ///   - taste: That taste as it is stored.
    ///   - time: Now.
    ///   - store: The transaction.
    /// - Throws: What the store throws.
    init(
        _ event: NewListen, countingFor profile: Profile, _ taste: ProfileMemory, at time: Date,
        in store: any HouseholdWriting
    ) throws {
        let track = try store.findOrAddTrack(heard: event.media)
        if let known = try Self.known(event, trackID: track.id, in: store) {
            (listen, isDuplicate) = (known, true)
            return
        }
        let id = try store.insertListen(event, trackID: track.id)
        listen = Listen(
            id: id, trackID: track.id, event: event, profileName: event.owner == .nobody ? nil : profile.name)
        isDuplicate = false
        addedTrack = track.added
        if let change = try taste.change(by: listen, of: profile, in: store) {
            let stamp = taste.stamp.next(at: time)
            try store.save(change, profile: profile.id)
            try store.saveTasteStamp(stamp, profile: profile.id)
            tasteChange = (change, stamp)
        }
    }

    /// Takes note of what is believed of who heard it.
    mutating func note(_ opinion: ListenerOpinion) {
        var event = listen.event
        event.opinion = opinion
        listen = Listen(id: listen.id, trackID: listen.trackID, event: event, profileName: listen.profileName)
    }

    /// Finds the listen that this one repeats: same event id, or same speaker and track and nearly the same start, or a
    /// start within the time in which the speaker was seen to play the track.
    private static func known(_ event: NewListen, trackID: Track.ID, in store: any HouseholdReading) throws -> Listen? {
        if let same = try store.listen(eventID: event.eventID) { return same }
        let reachS = max(Limits.sameStartS, event.isTracked ? event.playedS ?? 0 : Limits.playedS)
        let near = try store.listens(of: trackID, on: event.speakerName, near: event.startedAt, within: reachS)
        return near.first { other in
            // The tracker reports each play once: a track that was skipped and chosen again was played twice.
            if event.isTracked, other.event.isTracked { return false }
            let apartS = abs(other.event.startedAt.timeIntervalSince(event.startedAt))
            guard apartS <= Limits.sameStartS else { return event.isWithin(other.event) || other.event.isWithin(event) }
            // Without a speaker two people may well begin the same track together.
            return event.speakerName != nil || other.event.owner == event.owner
        }
    }
}

extension NewListen {
    /// Whether the play tracker saw it.
    fileprivate var isTracked: Bool { source == Self.playerSource }

    /// Whether it began while the play tracker saw another one on the same speaker.
    fileprivate func isWithin(_ tracked: NewListen) -> Bool {
        guard tracked.isTracked, !isTracked, let speakerName, speakerName == tracked.speakerName else { return false }
        return (0...(tracked.playedS ?? 0)).contains(startedAt.timeIntervalSince(tracked.startedAt))
    }
}

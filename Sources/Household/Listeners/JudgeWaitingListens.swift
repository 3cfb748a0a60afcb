import Foundation
import Taste

// Listens of shared speakers that came in a batch, judged in order of time as if they had been heard live.
extension Household {
    /// Judges every listen of a shared speaker that waits for it, and marks the tastes that it changes as stale.
    ///
    /// - Throws: What the store throws; the listens wait on then.
    func judgeWaitingListens() throws {
        guard let first = try store.read({ try $0.firstWaitingListen() }) else { return }
        let index = try catalog.index()
        let roster = roster
        let judgements = try store.read { store in
            var pass = WaitingListens(
                SessionBook(try Listeners.known(to: roster, before: first, in: store, index: index)), roster: roster)
            try store.forEachListen(ListenSelection(since: first)) { pass.add($0, index: index) }
            pass.finish(index: index)
            return pass
        }
        let touched = try store.write { try judgements.save(in: $0) }
        for profile in touched { tastes.forget(profile.id) }
        sharedListening.forget()
    }
}

/// One pass over the listens from the first that waits to be judged.
private struct WaitingListens {
    private var book: SessionBook
    private let roster: Roster
    private var ended: [SessionBook.Ended] = []
    private var ids: [String: Listen.ID] = [:]
    /// Listens of speakers that are not shared any more.
    private var released: [Listen.ID] = []

    init(_ book: SessionBook, roster: Roster) {
        self.book = book
        self.roster = roster
    }

    mutating func add(_ listen: Listen, index: CatalogIndex) {
        let event = listen.event
        ended += book.endSessions(at: event.startedAt, index: index)
        let play = HeardPlay(event, trackID: TrackID(listen.trackID))
        guard event.rule == .likeness, event.opinion?.session == nil else {
            if let name = listen.profileName, play.counts { book.learn(play, of: name, index: index) }
            return
        }
        guard let speakerName = event.speakerName, let people = roster.sharers(of: speakerName) else {
            return released.append(listen.id)
        }
        ids[event.eventID] = listen.id
        book.add(
            play, named: event.media, eventID: event.eventID, on: speakerName, sharedBy: people, index: index)
    }

    mutating func finish(index: CatalogIndex) { ended += book.endSessions(at: nil, index: index) }

    /// Stores what was found.
    ///
    /// - Returns: The profiles whose tastes lack it.
    func save(in store: any HouseholdWriting) throws -> [Profile] {
        var owners: Set<Owner> = [.nobody]
        for session in ended {
            guard let row = session.row else { continue }
            let id = try store.insertSession(row, id: session.id)
            for belief in session.beliefs(session: id) {
                guard let listen = ids[belief.eventID] else { continue }
                let owner = roster.owner(named: belief.profile)
                owners.insert(owner)
                try store.judgeListen(listen, owner: owner, rule: belief.rule, opinion: belief.opinion)
            }
        }
        for listen in released { try store.judgeListen(listen, owner: .nobody, rule: .default, opinion: nil) }
        let touched = roster.profiles(of: owners)
        for profile in touched { try store.markTasteStale(profile.id) }
        return touched
    }
}

extension Listeners {
    /// What the store says of those who share speakers, and of strangers, up to a time.
    ///
    /// - Parameters:
    ///   - roster: Who shares speakers.
    ///   - time: The time.
    ///   - open: Plays of sessions in progress, which are learnt when the sessions are over.
    ///   - store: The transaction.
    ///   - index: The catalog.
    /// - Returns: What is known.
    /// - Throws: What the store throws.
    static func known(
        to roster: Roster, before time: Date, except open: [HeardPlay] = [], in store: any HouseholdReading,
        index: CatalogIndex
    ) throws -> Listeners {
        let openKeys = Set(open.map { PlayKey(trackID: $0.trackID, startedAt: $0.startedAt) })
        var listeners = Listeners()
        for name in roster.allSharers {
            guard let profile = roster.profiles[name] else { continue }
            var history = ListenerHistory()
            for play in try store.countedPlays(owner: profile.owner, before: time) where play.counts {
                let isOpen = openKeys.contains(PlayKey(trackID: play.trackID, startedAt: play.startedAt))
                guard !isOpen, let artist = index.artistRow(of: play.trackID) else { continue }
                history.learn(play.trackID, by: artist, at: play.startedAt)
            }
            listeners.set(history, of: name)
        }
        try store.forEachStrangePlay(before: time) { play in
            let trackID = TrackID(play.trackID)
            guard let artist = index.artistRow(of: trackID) else { return }
            listeners.learnStrange(trackID, by: artist, at: play.startedAt)
        }
        let judged = try store.judgedSessions(before: time)
        listeners.count(sessions: judged.count, ofStrangeness: judged.strangeness)
        return listeners
    }
}

/// By which a play of a session is found among those of a profile.
private struct PlayKey: Hashable {
    var trackID: TrackID
    var startedAt: Date
}

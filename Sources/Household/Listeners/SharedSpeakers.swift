import Foundation
import Listening
import Taste

// Plays of shared speakers, as they happen.
extension Household {
    /// Stores a listen. One of a shared speaker is attributed to the person who is probably listening.
    func recordAnywhere(_ listen: NewListen, checkpoint: Data?) throws -> Recording {
        guard listen.rule == .likeness, let speakerName = listen.speakerName,
            let people = roster.sharers(of: speakerName)
        else {
            let recording = try record([listen], checkpoint: checkpoint)[0]
            noteListener(of: recording)
            return recording
        }
        try endSessions(at: listen.startedAt)
        guard var book = try bookThatTakes(listen) else {
            // A listen from the past is judged in its place among the others.
            return try record([listen], checkpoint: checkpoint)[0]
        }
        let shared = try addToSession(listen, on: speakerName, sharedBy: people, in: &book)
        var listen = listen
        listen.owner = roster.owner(named: shared.belief.profile)
        listen.rule = shared.belief.rule
        listen.opinion = shared.belief.opinion
        let recording = try record([listen], checkpoint: checkpoint, in: shared)[0]
        if recording.isNew {
            if let listen = recording.listen { book.confirmLast(as: listen, on: speakerName) }
            sharedListening.set(book)
            if let speaker = roster.speakers[speakerName] { report(speaker) }
            reportDoubt(on: speakerName)
        }
        return recording
    }

    /// Reports once a session that all are away, and once, at its second play, that nobody knows who is listening.
    private func reportDoubt(on speakerName: String) {
        reportEverybodyAway(on: speakerName)
        guard let session = sharedListening.book?.session(on: speakerName)?.session, !session.isSaid,
            let view = listenerView(of: speakerName)
        else { return }
        if session.plays.count == 2, view.verdict != .assigned { observer.householdDid(.listenerAsked(view)) }
    }

    /// Adds a listen to the session of its speaker, and says who probably hears it.
    ///
    /// The index is released before the catalog learns of a new track, or all of it would be copied.
    private func addToSession(
        _ listen: NewListen, on speakerName: String, sharedBy people: [String], in book: inout SessionBook
    ) throws -> SharedPlay {
        let index = try catalog.index()
        let trackID = try store.read { try $0.trackID(of: listen.media) }.map { TrackID($0) }
        let play = HeardPlay(listen, trackID: trackID ?? HeardPlay.unknownTrack)
        book.add(
            play, named: listen.media, eventID: listen.eventID, on: speakerName, sharedBy: people,
            presence: presence(of: people, on: speakerName, during: play), index: index)
        guard let open = book.session(on: speakerName) else { preconditionFailure("A play begins a session") }
        let likely = LikelyListener.list(open.session.current, of: open.session.people)
        let belief = ListenBelief(
            eventID: listen.eventID, said: open.session.saidNow, deciding: open.session.judgement?.deciding,
            opinion: ListenerOpinion(likely, isStrange: false, session: open.id))
        return SharedPlay(speakerName: speakerName, open: open, belief: belief)
    }

    /// A listen that names its profile is evidence for those beside it.
    private func noteListener(of recording: Recording) {
        guard recording.isNew, let listen = recording.listen, listen.event.rule == .payload,
            let person = listen.profileName, let speakerName = listen.event.speakerName
        else { return }
        note(.named(person, at: listen.event.startedAt), on: speakerName)
    }

    /// The book, unless a listen lies before the session of its speaker, or before what is known.
    private func bookThatTakes(_ listen: NewListen) throws -> SessionBook? {
        let book = try sessionBook()
        let endedAt = listen.startedAt.addingTimeInterval(listen.playedS ?? listen.media.durationS ?? 0)
        guard now().timeIntervalSince(endedAt) < ListenerSession.silenceS else { return nil }
        guard let speakerName = listen.speakerName, let open = book.session(on: speakerName),
            let lastStart = open.session.plays.last?.startedAt
        else { return book }
        return listen.startedAt >= lastStart ? book : nil
    }

    /// The sessions in progress and what is known of people, read from the store when they are not in memory.
    func sessionBook() throws -> SessionBook {
        if let book = sharedListening.book { return book }
        let index = try catalog.index()
        let roster = roster
        let book = try store.read { store in
            let stored = try store.openSessions().compactMap { row in
                (try? JSONDecoder().decode(StoredSession.self, from: row.state)).map { (row, $0) }
            }
            let plays = stored.flatMap { $0.1.session.plays }
            var book = SessionBook(
                try Listeners.known(to: roster, before: .distantFuture, except: plays, in: store, index: index))
            for (row, session) in stored {
                book.resume(row.id, session.session, listens: session.listens, on: row.speakerName)
            }
            return book
        }
        sharedListening.set(book)
        return book
    }

    /// Goes on with the sessions that the last run left.
    func resumeSessions() throws {
        guard sharedListening.mayHaveStored else { return }
        guard try !store.read({ try $0.openSessions() }).isEmpty else { return }
        _ = try sessionBook()
        try endSessions(at: now())
    }
}

extension ListenerSession {
    /// When it ends unless something is played before.
    var endsAt: Date? { endedAt?.addingTimeInterval(Self.silenceS) }
}

extension HeardPlay {
    /// A track that the catalog does not have yet.
    fileprivate static let unknownTrack = TrackID(0)
}

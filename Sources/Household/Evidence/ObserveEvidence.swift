import Foundation
import Listening
import Taste

// Evidence of who is listening at shared speakers. Without a shared speaker it is dropped.
extension Household {
    /// Processes news of sources of evidence, in order.
    public func observe(_ news: [EvidenceNews]) {
        for item in news {
            switch item {
            case .home(let person, let isHome, let time, let isReplay):
                // It counts for a speaker that is shared later, too: a retained state is sent only once.
                let isNew = evidence.whereabouts.setHome(isHome, of: person, at: time, isReplay: isReplay)
                if isNew { noteWhereabouts(of: person) }
            case .room(let person, let room, let time, let lastsS, let isReplay):
                let isNew = evidence.whereabouts.setRoom(
                    room, of: person, at: time, lastsS: lastsS, isReplay: isReplay)
                if isNew { noteWhereabouts(of: person) }
            case .voice(let person, let confidence, let place, let time):
                let sign = ListenerSign.voice(of: person, confidence: confidence, at: time)
                for speaker in sharedSpeakers(at: place) { note(sign, on: speaker) }
            case .user(let person, let speaker, let time):
                note(.user(person, at: time), on: settings.resolved(speaker))
            case .account(let person, let id): evidence.accounts[person] = id
            }
        }
    }

    /// Reports who is listening now that somebody is elsewhere, and judges the plays again for which this is late evidence.
    private func noteWhereabouts(of person: String) {
        for (name, open) in sharedListening.book?.sessions ?? [:] where open.session.people.contains(person) {
            noteLatePlaces(in: open, on: name)
            if let speaker = roster.speakers[name] { report(speaker) }
            if plays.nowPlaying(on: name)?.state == .playing { reportEverybodyAway(on: name) }
        }
        reviseEndedSessions(of: person)
    }

    /// Judges a session again when it is known only now where people were during its plays.
    private func noteLatePlaces(in open: SessionBook.Open, on speakerName: String) {
        guard var book = sharedListening.book else { return }
        var open = open
        let people = open.session.people
        let isChanged = open.session.notePlaces { play in
            presence(of: people, on: speakerName, during: play)?.places ?? people.map { _ in nil }
        }
        if isChanged { judgeOrKeep(&open, on: speakerName, &book) }
    }

    /// Tells once a session that a shared speaker plays while all who share it are away.
    func reportEverybodyAway(on speakerName: String) {
        guard var book = sharedListening.book, var open = book.session(on: speakerName), !open.session.isSaid,
            open.session.isAwayTold != true,
            let presence = evidence.presence(of: open.session.people, in: settings.areas[speakerName], at: now()),
            presence.isEverybodyAway, let view = listenerView(of: speakerName)
        else { return }
        open.session.noteAwayTold()
        // Without the store it is reported now, and once more after a restart.
        if (try? judge(&open, on: speakerName, &book)) == nil {
            book.replace(open.session, on: speakerName)
            sharedListening.set(book)
        }
        observer.householdDid(.everybodyAway(view))
    }

    /// Takes note of a moment at which something spoke for a person at a speaker.
    ///
    /// It counts for the session in progress, whose listens are judged again, or for one that is over, else it begins one.
    func note(_ sign: ListenerSign, on speakerName: String) {
        guard let people = roster.sharers(of: speakerName), people.contains(sign.person), sign.weight > 0,
            roster.speakers[speakerName]?.isGuest != true
        else { return }
        try? endSessions(at: now())
        guard var book = try? sessionBook() else { return }
        if !(book.session(on: speakerName)?.session.isBeside(sign.at) ?? false),
            reviseEndedSession(with: sign, on: speakerName)
        {
            return
        }
        var open = book.begin(on: speakerName, sharedBy: people, at: sign.at)
        open.session.note(sign)
        judgeOrKeep(&open, on: speakerName, &book)
    }

    /// Judges a session again. While the store is away it is kept in memory, and stored with the next play.
    private func judgeOrKeep(_ open: inout SessionBook.Open, on speakerName: String, _ book: inout SessionBook) {
        do {
            try judge(&open, on: speakerName, &book)
        } catch {
            book.replace(open.session, on: speakerName)
            sharedListening.set(book)
        }
    }

    /// Stores a session in progress that was changed, and what is believed of its listens now.
    func judge(
        _ open: inout SessionBook.Open, on speakerName: String, _ book: inout SessionBook
    ) throws {
        let changed = open
        var id = open.id
        try judge(on: speakerName) { store in
            let state = try StoredSession(changed).encoded()
            id = try store.saveOpenSession(changed.id, speakerName: speakerName, state: state)
            return ListenBelief.list(changed.session, listens: changed.listens, isOver: false, id: id)
        }
        book.replace(open.session, on: speakerName)
        if let id { book.setID(id, on: speakerName) }
        sharedListening.set(book)
        if let speaker = roster.speakers[speakerName] { report(speaker) }
    }

    /// Shared speakers of a name or in a room.
    private func sharedSpeakers(at place: String) -> [String] {
        let name = settings.resolved(place)
        if roster.isShared(name) { return [name] }
        return roster.speakers.keys.filter {
            roster.isShared($0) && settings.areas[$0]?.foldedRoom == place.foldedRoom
        }.sorted()
    }

    /// Where those who share a speaker were during a play.
    func presence(of people: [String], on speakerName: String, during play: HeardPlay) -> SpeakerPresence? {
        let middle = play.startedAt.addingTimeInterval(play.endedAt.timeIntervalSince(play.startedAt) / 2)
        return evidence.presence(of: people, in: settings.areas[speakerName], at: middle)
    }
}

/// Where the people of a shared speaker are: for each a place, nil where nobody knows.
struct SpeakerPresence: Equatable, Sendable {
    var places: [ListenerPlace?]

    /// Log likelihood ratios for each person, then for somebody else.
    var logs: [Double] { ListenerPlace.weights(places) }

    /// Whether nobody of them is at home.
    var isEverybodyAway: Bool { places.allSatisfy { $0 == .away } }

    /// Those who may be there: who is in the room, else who is not away.
    func present(among people: [String]) -> [String] {
        let here = zip(people, places).filter { $0.1 == .sameRoom }.map(\.0)
        return here.isEmpty ? zip(people, places).filter { $0.1 != .away }.map(\.0) : here
    }
}

/// What is known of people besides what they play. It is never stored.
struct EvidenceBook: Sendable {
    var whereabouts = Whereabouts()
    /// The id of each person's account in Home Assistant.
    var accounts: [String: String] = [:]

    /// Where people were at a time; nil when nothing is known of any of them.
    func presence(of people: [String], in area: String?, at time: Date) -> SpeakerPresence? {
        let places = people.map { whereabouts.place(of: $0, from: area, at: time) }
        return places.allSatisfy { $0 == nil } ? nil : SpeakerPresence(places: places)
    }
}

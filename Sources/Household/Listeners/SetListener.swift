import Foundation
import Taste

/// Says who is listening at a shared speaker: certain, for the whole session, and learnt from.
///
/// It holds back to the last time that somebody said so, else to the beginning of the session, and on to the next time,
/// else to its end. The last session counts for a while after its end.
public struct SetListener: ImmediateOperation {
    public static let signature = OperationSignature(
        "listener/set", .put("/api/speakers/{speaker}/listener"), writes: true)

    /// Who is listening.
    private enum Word: Equatable {
        case person(String)
        /// Somebody else.
        case nobody
        /// Guest mode.
        case guest
        /// Takes back what was said.
        case auto
    }

    private let speaker: SpeakerReference
    private let word: Word
    private let session: ListenerSessionRow.ID?

    /// Says that a profile is listening, or somebody else.
    public init(_ profile: String?, onSpeaker name: String) {
        speaker = SpeakerReference(name: name, field: "speaker_name")
        word = profile.map(Word.person) ?? .nobody
        session = nil
    }

    public init(_ fields: inout FieldReader) throws(HouseholdError) {
        speaker = try fields.requiredSpeaker()
        let name = try fields.text("profile")
        let isGuest = try fields.boolean("guest") ?? false
        session = try fields.integer("session", in: 1...Int(Int32.max)).map { ListenerSessionRow.ID(Int64($0)) }
        switch name {
        case _ where isGuest && name != nil:
            throw .invalid("guest", "A guest is nobody of the house: leave out either guest or profile")
        case _ where isGuest, "guest": word = .guest
        case nil, "nobody": word = .nobody
        case "auto": word = .auto
        case let name?: word = .person(name)
        }
    }

    /// - Throws: ``HouseholdError`` `conflict` for a speaker that is not shared, `not_found` for an unknown profile or
    ///   session.
    public func perform(in household: isolated Household) throws -> ListenerView {
        let (speaker, people) = try household.sharedSpeaker(speaker)
        if case .person(let name) = word { _ = try household.roster.profile(named: name) }
        try household.endSessions(at: household.now())
        var book = try household.sessionBook()
        let open = book.session(on: speaker.name)
        if word == .guest { return try turnToGuest(speaker, in: household) }
        if let open, session == nil || session == open.id {
            try say(in: open, on: speaker.name, &book, household)
        } else if let ended = try endedSession(on: speaker.name, in: household) {
            try correct(ended, on: speaker.name, in: household)
        } else {
            let begun = book.begin(on: speaker.name, sharedBy: people, at: household.now())
            try say(in: begun, on: speaker.name, &book, household)
        }
        household.reportSpeakers()
        return try GetListener(onSpeaker: speaker.name).perform(in: household)
    }

    /// Corrects a session in progress.
    private func say(
        in open: SessionBook.Open, on speakerName: String, _ book: inout SessionBook, _ household: isolated Household
    ) throws {
        var open = open
        switch word {
        case .person(let name): open.session.say(name, at: household.now())
        case .nobody: open.session.say(nil, at: household.now())
        case .auto, .guest: open.session.unsay()
        }
        try household.judge(&open, on: speakerName, &book)
    }

    /// The session that is meant when none is in progress.
    private func endedSession(
        on speakerName: String, in household: isolated Household
    ) throws -> ListenerSessionRow.ID? {
        let since = household.now().addingTimeInterval(-Limits.lastSessionS)
        let found = try household.store.read { store in
            try store.lastSession(onSpeaker: speakerName, id: session, endedSince: session == nil ? since : nil)
        }
        if found == nil, let session {
            throw HouseholdError(.notFound, "\(speakerName) has no session \(session)", field: "session")
        }
        return found
    }

    /// Corrects a session that is over.
    private func correct(
        _ id: ListenerSessionRow.ID, on speakerName: String, in household: isolated Household
    ) throws {
        let said: String?? =
            switch word {
            case .person(let name): .some(name)
            case .nobody: .some(nil)
            case .auto, .guest: nil
            }
        try household.judge(on: speakerName) { store in
            try store.listens(ListenSelection(session: id), limit: Limits.rankedTracks, after: nil).reversed().map {
                ListenBelief(eventID: $0.event.eventID, said: said, restoring: $0.event.opinion, session: id)
            }
        }
        household.sharedListening.ended.drop(id)
        // What was learnt of that session is not true any more.
        household.sharedListening.forget()
    }

    /// Turns guest mode on, and forgets what was stored of the session.
    private func turnToGuest(_ speaker: Speaker, in household: isolated Household) throws -> ListenerView {
        let open = household.sharedListening.book?.session(on: speaker.name)
        _ = try SetGuestMode(true, onSpeaker: speaker.name, forSession: true).perform(in: household)
        if let id = try open?.id ?? endedSession(on: speaker.name, in: household) {
            try household.purge(ListenSelection(session: id))
            try household.store.write { try $0.removeSession(id) }
            household.sharedListening.ended.drop(id)
        }
        household.sharedListening.forget()
        return try GetListener(onSpeaker: speaker.name).perform(in: household)
    }
}

extension ListenBelief {
    /// A listen of a session that is over: as somebody said, else as it was believed.
    fileprivate init(
        eventID: String, said: String??, restoring opinion: ListenerOpinion?, session: ListenerSessionRow.ID
    ) {
        let likely = (opinion?.likely ?? []).map { LikelyListener(name: $0.profile, p: $0.p) }
        self.init(
            eventID: eventID, said: said,
            opinion: ListenerOpinion(likely, isStrange: said == .some(nil), session: session))
    }
}

import Foundation
import Taste

/// The sessions that ended lately, for evidence that comes late. They are kept in memory and never stored.
struct EndedSessions: Sendable {
    /// More than a house has in the time that counts.
    private static let most = 32

    private var sessions: [SessionBook.Ended] = []

    /// The sessions, the first first.
    var all: [SessionBook.Ended] { sessions }

    /// Keeps a session, in place of the same one as it was before.
    mutating func keep(_ session: SessionBook.Ended) {
        sessions.removeAll { $0.id == session.id }
        sessions = sessions.suffix(Self.most - 1) + [session]
    }

    /// Drops a session about which a person decided: no evidence changes it any more.
    mutating func drop(_ id: ListenerSessionRow.ID) { sessions.removeAll { $0.id == id } }

    /// Drops the sessions that are too old to be revised.
    mutating func expire(at time: Date) {
        let since = time.addingTimeInterval(-Limits.lastSessionS)
        sessions.removeAll { ($0.session.endedAt ?? .distantPast) < since }
    }

    /// The session of a speaker during which, or beside which, something happened.
    func session(on speakerName: String, at time: Date) -> SessionBook.Ended? {
        sessions.last {
            $0.speakerName == speakerName && $0.session.isBeside(time) && ($0.cutAt.map { time < $0 } ?? true)
        }
    }
}

// Evidence that comes when the session is over.
extension Household {
    /// Judges the sessions again of which it is known only now where somebody was.
    func reviseEndedSessions(of person: String) {
        sharedListening.ended.expire(at: now())
        for ended in sharedListening.ended.all where ended.session.people.contains(person) {
            var ended = ended
            let people = ended.session.people
            let isChanged = ended.session.notePlaces { play in
                presence(of: people, on: ended.speakerName, during: play)?.places ?? people.map { _ in nil }
            }
            if isChanged { try? revise(ended) }
        }
    }

    /// Judges the session again during which something spoke for a person.
    ///
    /// - Returns: Whether there is one that is over.
    func reviseEndedSession(with sign: ListenerSign, on speakerName: String) -> Bool {
        sharedListening.ended.expire(at: now())
        guard var ended = sharedListening.ended.session(on: speakerName, at: sign.at) else { return false }
        ended.session.note(sign)
        try? revise(ended)
        return true
    }

    /// Stores what is believed now of a session that is over. What the store cannot take is lost with the evidence.
    private func revise(_ ended: SessionBook.Ended) throws {
        let outcome = try judge(on: ended.speakerName) { _ in ended.beliefs(session: ended.id) }
        sharedListening.ended.keep(ended)
        // What was learnt of the session is not true any more.
        if outcome.isChanged { sharedListening.forget() }
    }
}

import Foundation
import Taste
import Wire

// Why somebody is taken for the listener, in sentences.
extension Household {
    /// - Parameters:
    ///   - view: What is believed.
    ///   - people: Who shares the speaker.
    /// - Returns: Sentences: first the verdict, then what speaks for it, then where people are. Of a session that is over,
    ///   to whom its listens went.
    /// - Throws: What the store throws.
    func reasons(for view: ListenerView, sharedBy people: [String]) throws -> [String] {
        let who = people.map(displayName).formatted(.list(type: .and).locale(Locale(identifier: "en")))
        guard view.session != nil || !view.likely.isEmpty,
            let session = sharedListening.book?.session(on: view.speakerName)?.session
        else {
            return ["Nothing is playing at \(view.speakerName), which \(who) share."]
                + (try lastSession(on: view.speakerName, of: people))
        }
        let places = evidence.presence(of: people, in: settings.areas[view.speakerName], at: now())
        let whole = try view.session.flatMap { id in try summary(of: id, among: people) }
        var sentences = [verdict(of: view)]
        sentences += view.evidence.map { sentence(on: $0, for: view, session) }
        if let artists = whole?.artistSentence(displayName) { sentences.append(artists) }
        sentences.append(likely(of: view))
        sentences += whereabouts(of: people, places)
        if let listens = whole?.listenSentence(displayName) { sentences.append(listens) }
        return sentences
    }

    /// Why the listens of the last session went to whom they did.
    private func lastSession(on speakerName: String, of people: [String]) throws -> [String] {
        let found = try store.read { try $0.lastSession(onSpeaker: speakerName, id: nil, endedSince: nil) }
        guard let found, let summary = try summary(of: found, among: people) else { return [] }
        let second = summary.beganAt.timeIntervalSince1970.rounded(.down)
        let began = RFC3339.string(from: Date(timeIntervalSince1970: second))
        return ["The last session, \(found), began at \(began). \(summary.listenSentence(displayName))"]
            + [summary.artistSentence(displayName)].compactMap(\.self)
    }

    /// What the stored listens of a session say; nil when there are none.
    private func summary(of session: ListenerSessionRow.ID, among people: [String]) throws -> SessionSummary? {
        let book = try sessionBook()
        let index = try catalog.index()
        let listens = try store.read {
            try $0.listens(ListenSelection(session: session), limit: Limits.rankedTracks, after: nil)
        }
        guard !listens.isEmpty else { return nil }
        // The plays of an open session are not learnt yet.
        let isOpen = book.sessions.values.contains { $0.id == session }
        return SessionSummary(listens) { artist, learnt in
            book.owner(
                of: index.artistRow(named: artist), among: people, at: now(), besides: isOpen ? [:] : learnt)
        }
    }

    private func verdict(of view: ListenerView) -> String {
        let percent = (view.p ?? 0).percent
        let name = view.profile.map(displayName) ?? "somebody else"
        switch view.verdict {
        case .assigned:
            return "The listener is \(name), \(percent) sure. What decided is \(view.rule?.words ?? "nothing")."
        case .suggested: return "It is probably \(name), \(percent) sure: too little to give listens to them."
        case .unknown: return "Nobody knows who is listening; the likeliest is \(name), \(percent) sure."
        }
    }

    private func likely(of view: ListenerView) -> String {
        let all = view.likely.map {
            "\($0.profile.map(displayName) ?? "somebody else") \($0.p.percent)"
        }
        return "All evidence together: \(all.joined(separator: ", "))."
    }

    private func sentence(
        on evidence: ListenerView.Evidence, for view: ListenerView, _ session: ListenerSession
    ) -> String {
        let who = view.profile.map(displayName) ?? "somebody else"
        let belief = "by that alone the chance of \(who) is \(evidence.weight.percent)."
        switch evidence.kind {
        case .said: return "Somebody said so, and that is certain."
        case .voice: return "A voice was recognised: \(belief)"
        case .user: return "Somebody pressed play, or was named here: \(belief)"
        case .presence: return "Where people are was told: \(belief)"
        default:
            let plays = session.plays.count
            guard plays > 0 else { return "Nothing was played yet; who usually plays at this hour: \(belief)" }
            return "\(plays == 1 ? "One track was" : "\(plays) tracks were") played: \(belief)"
        }
    }

    private func whereabouts(of people: [String], _ presence: SpeakerPresence?) -> [String] {
        guard let presence else { return [] }
        return zip(people, presence.places).compactMap { name, place in
            place.map { "\(displayName(name)) is \($0.words)." }
        }
    }

    private func displayName(_ name: String) -> String { roster.profiles[name]?.displayName ?? name }
}

extension ListenerPlace {
    fileprivate var words: String {
        switch self {
        case .away: "away"
        case .home: "at home"
        case .otherRoom: "in another room"
        case .sameRoom: "in the speaker's room"
        }
    }
}

extension Double {
    /// A chance in words, as in "97 %". Only what is certain is "100 %".
    public var percent: String {
        guard self < 1 else { return "100 %" }
        guard self <= 0 || self >= 0.01 else { return "under 1 %" }
        return "\(Swift.min(Int((self * 100).rounded()), 99)) %"
    }
}

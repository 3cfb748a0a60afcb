import Foundation
import Taste

// Why somebody is taken for the listener, in sentences.
extension Household {
    /// - Parameters:
    ///   - view: What is believed.
    ///   - people: Who shares the speaker.
    /// - Returns: Sentences: first the verdict, then what speaks for it, then where people are.
    func reasons(for view: ListenerView, sharedBy people: [String]) -> [String] {
        let who = people.map(displayName).formatted(.list(type: .and).locale(Locale(identifier: "en")))
        guard view.session != nil || !view.likely.isEmpty,
            let session = sharedListening.book?.session(on: view.speakerName)?.session
        else { return ["Nothing is playing at \(view.speakerName), which \(who) share."] }
        let places = evidence.presence(of: people, in: settings.areas[view.speakerName], at: now())
        return [verdict(of: view)] + view.evidence.map { sentence(on: $0, session) }
            + [likely(of: view)] + whereabouts(of: people, places)
    }

    private func verdict(of view: ListenerView) -> String {
        let percent = view.p.map { "\(Int(($0 * 100).rounded())) %" } ?? "0 %"
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
            "\($0.profile.map(displayName) ?? "somebody else") \(Int(($0.p * 100).rounded())) %"
        }
        return "All evidence together: \(all.joined(separator: ", "))."
    }

    private func sentence(on evidence: ListenerView.Evidence, _ session: ListenerSession) -> String {
        let percent = "\(Int((evidence.weight * 100).rounded())) %"
        switch evidence.kind {
        case .said: return "Somebody said so, and that is certain."
        case .voice: return "A voice was recognised: by that alone it would be \(percent)."
        case .user: return "Somebody pressed play, or was named here: by that alone it would be \(percent)."
        case .presence: return "By where people are alone it would be \(percent)."
        default:
            let plays = session.plays.count
            guard plays > 0 else { return "By who usually plays at this hour it would be \(percent)." }
            return "By the \(plays == 1 ? "track" : "\(plays) tracks") of this session alone it would be \(percent)."
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

extension AttributionRule {
    fileprivate var words: String {
        switch self {
        case .said: "what somebody said"
        case .voice: "a recognised voice"
        case .user: "who pressed play or was named"
        case .presence: "where people are"
        default: "what is played"
        }
    }
}

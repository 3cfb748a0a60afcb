import Foundation
import Taste

/// What a session of a shared speaker was: to whom its listens went, by which rule, and whose artists it played.
struct SessionSummary {
    /// Listens that went to one person, or to nobody, by one rule.
    struct Part: Equatable {
        var profile: String?
        var rule: AttributionRule
        var count: Int
        /// Mean confidence; nil for listens that are open.
        var confidence: Double?
    }

    var beganAt: Date
    var listens: Int
    /// The largest first.
    var parts: [Part]
    var artists: Int
    /// Artists by the person who plays them; nil is nobody.
    var artistsByOwner: [(profile: String?, count: Int)]

    /// Sums up listens.
    ///
    /// - Parameters:
    ///   - listens: The listens of one session, in any order; at least one.
    ///   - owner: Whose an artist is, not counting a number of plays by person.
    init(_ listens: [Listen], owner: (_ artist: String, _ besides: [String: Int]) -> String?) {
        beganAt = listens.map(\.event.startedAt).min() ?? .distantPast
        self.listens = listens.count
        parts = Self.parts(listens)
        let byArtist = Dictionary(grouping: listens.filter { $0.event.media.artist != nil }) {
            TrackIdentity.artistKey(of: $0.event.media.artist ?? "")
        }
        artists = byArtist.count
        let owners = byArtist.values.map { plays in
            let learnt = plays.filter { $0.event.outcome != .skipped }.compactMap(\.profileName)
                .reduce(into: [:]) { $0[$1, default: 0] += 1 }
            return owner(plays[0].event.media.artist ?? "", learnt)
        }
        artistsByOwner = Dictionary(grouping: owners) { $0 }.map { ($0.key, $0.value.count) }
            .sorted { ($1.1, $0.0 ?? Self.last) < ($0.1, $1.0 ?? Self.last) }
    }

    private static func parts(_ listens: [Listen]) -> [Part] {
        let groups = Dictionary(grouping: listens) { PartKey(profile: $0.profileName, rule: $0.event.rule) }
        let parts = groups.map { key, listens in
            let confidences = listens.compactMap { $0.event.opinion?.confidence }
            return Part(
                profile: key.profile, rule: key.rule, count: listens.count,
                confidence: confidences.isEmpty ? nil : confidences.reduce(0, +) / Double(confidences.count))
        }
        return parts.sorted { a, b in
            (b.count, a.profile ?? last, a.rule.rawValue) < (a.count, b.profile ?? last, b.rule.rawValue)
        }
    }

    /// Sorts nobody after every name.
    private static let last = "~"

    private struct PartKey: Hashable {
        var profile: String?
        var rule: AttributionRule
    }
}

// The same in sentences.
extension SessionSummary {
    /// "12 of 14 artists are Anna's, 1 is Ben's, and 1 is nobody's."
    func artistSentence(_ displayName: (String) -> String) -> String? {
        guard artists > 0 else { return nil }
        let owners = artistsByOwner.enumerated().map { place, owner in
            let whose = owner.profile.map { "\(displayName($0))'s" } ?? "nobody's so far"
            let all = place == 0 ? " of \(artists) \(artists == 1 ? "artist" : "artists")" : ""
            return "\(owner.count)\(all) \(owner.count == 1 ? "is" : "are") \(whose)"
        }
        return "\(owners.formatted(.list(type: .and).locale(Locale(identifier: "en"))))."
    }

    /// "Of 14 listens 12 are Anna's by what is played (97 % sure), and 2 are open."
    func listenSentence(_ displayName: (String) -> String) -> String {
        let owners = parts.map { part in
            let verb = part.count == 1 ? "is" : "are"
            guard part.profile != nil || part.rule == .said || part.rule == .corrected else {
                return "\(part.count) \(verb) open"
            }
            let whose = part.profile.map { "\(displayName($0))'s" } ?? "somebody else's"
            let sure = part.confidence.map { " (\($0.percent) sure)" } ?? ""
            return "\(part.count) \(verb) \(whose) by \(part.rule.words)\(sure)"
        }
        let all = listens == 1 ? "Of 1 listen" : "Of \(listens) listens"
        return "\(all) \(owners.formatted(.list(type: .and).locale(Locale(identifier: "en"))))."
    }
}

extension AttributionRule {
    /// What decided, in words.
    var words: String {
        switch self {
        case .said: "what somebody said"
        case .voice: "a recognised voice"
        case .user: "who pressed play or was named"
        case .presence: "where people are"
        case .payload: "the name that came with it"
        case .corrected: "a correction"
        default: "what is played"
        }
    }
}

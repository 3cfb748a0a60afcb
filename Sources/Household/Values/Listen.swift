public import Foundation
public import Listening

/// The rule that said whose something is.
///
/// Stored with each listen, told with each list.
public enum AttributionRule: String, Codable, Sendable, CaseIterable {
    /// The payload named a profile.
    case payload
    /// The speaker is mapped to a profile.
    case mapping
    /// A guest's: no taste is read, none is touched.
    case guest
    /// Nobody in particular: counts as `default`.
    case `default`
}

/// A listen about to be stored.
public struct NewListen: Equatable, Sendable {
    /// The source of what players did themselves, as the play tracker saw it.
    public static let playerSource = "player"

    /// The caller's or our own id of the event; the store keeps it unique.
    public var eventID: String
    /// What was heard, as sent.
    public var media: Media
    /// When it began, to the millisecond.
    public var startedAt: Date
    /// Seconds heard; nil when nobody said.
    public var playedS: Double?
    /// What it is worth; never `ignored`.
    public var outcome: PlayOutcome
    /// Where it was heard, aliases resolved; nil when nobody said.
    public var speakerName: String?
    /// Whose it is; nil is nobody's, which counts as `default`.
    public var profileID: Int64?
    /// Why it is theirs.
    public var rule: AttributionRule
    /// What told us: a dialect, `webhook`, `import` ….
    public var source: String

    /// Creates a listen; its times are kept to the millisecond, as the store keeps them.
    public init(
        eventID: String, media: Media, startedAt: Date, playedS: Double?, outcome: PlayOutcome,
        speakerName: String?, profileID: Int64?, rule: AttributionRule, source: String
    ) {
        self.eventID = eventID
        self.media = media
        self.startedAt = startedAt.wholeMilliseconds
        self.playedS = playedS
        self.outcome = outcome
        self.speakerName = speakerName
        self.profileID = profileID
        self.rule = rule
        self.source = source
    }
}

/// A stored listen event.
public struct Listen: Equatable, Sendable {
    /// Row id in the store.
    public let id: Int64
    /// The track it is a listen of.
    public let trackID: Int64
    /// Everything that was said of it.
    public let event: NewListen
    /// Name of its profile; nil is nobody's.
    public let profileName: String?

    /// Creates the value of a stored row.
    public init(id: Int64, trackID: Int64, event: NewListen, profileName: String?) {
        self.id = id
        self.trackID = trackID
        self.event = event
        self.profileName = profileName
    }
}

extension Date {
    /// The same moment to the millisecond, which is what the store keeps.
    public var wholeMilliseconds: Date { Date(milliseconds: milliseconds) }

    /// Milliseconds since 1970, rounded.
    public var milliseconds: Int64 { Int64((timeIntervalSince1970 * 1000).rounded()) }

    /// The moment so many milliseconds after the beginning of 1970.
    public init(milliseconds: Int64) { self.init(timeIntervalSince1970: Double(milliseconds) / 1000) }
}

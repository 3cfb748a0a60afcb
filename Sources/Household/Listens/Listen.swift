public import Foundation
public import Listening
public import Taste
import Wire

/// The rule that decided whose a listen or a list is. It is stored with each listen and told with each list.
public enum AttributionRule: String, Codable, Sendable, CaseIterable {
    /// The payload named a profile.
    case payload
    /// The speaker is mapped to a profile.
    case mapping
    /// A guest: no taste is read, none is changed.
    case guest
    /// Nobody in particular: it counts for `default`.
    case `default`
}

/// A listen that is about to be stored.
public struct NewListen: Equatable, Sendable {
    /// The ``source`` of plays that the play tracker saw.
    public static let playerSource = FrontDoor.player.rawValue

    /// Unique id of the event, from the sender or made by Haunt.
    public var eventID: String
    /// What was heard, as sent.
    public var media: Media
    /// When it began, to the millisecond.
    public var startedAt: Date
    /// Seconds heard; nil when nobody said.
    public var playedS: Double?
    /// Completed, partial or skipped; never ignored.
    public var outcome: PlayOutcome
    /// The speaker, aliases resolved; nil when nobody said.
    public var speakerName: String?
    /// Who has it.
    public var owner: Owner
    /// The rule that says so.
    public var rule: AttributionRule
    /// Where it came from: `player`, the front door (`mqtt`, `http`), `import`, or what the sender calls itself.
    public var source: String

    /// Creates a listen. Its start is rounded to the millisecond, as the store keeps it.
    public init(
        eventID: String, media: Media, startedAt: Date, playedS: Double?, outcome: PlayOutcome,
        speakerName: String?, owner: Owner, rule: AttributionRule, source: String
    ) {
        self.eventID = eventID
        self.media = media
        self.startedAt = startedAt.wholeMilliseconds
        self.playedS = playedS
        self.outcome = outcome
        self.speakerName = speakerName
        self.owner = owner
        self.rule = rule
        self.source = source
    }
}

/// A stored listen event.
public struct Listen: Equatable, Sendable {
    /// The id of a stored listen.
    public typealias ID = RowID<Listen>

    /// Row id in the store.
    public let id: ID
    /// The track it is a listen of.
    public let trackID: TrackID
    /// What was heard, and who has it.
    public let event: NewListen
    /// Name of its profile; nil is nobody.
    public let profileName: String?

    /// Creates the value of a stored row.
    public init(id: ID, trackID: TrackID, event: NewListen, profileName: String?) {
        self.id = id
        self.trackID = trackID
        self.event = event
        self.profileName = profileName
    }
}

/// One recording in the catalog.
public struct Track: Equatable, Sendable {
    /// What the taste needs to know of it, with its id.
    public var description: TrackDescription
    /// The player's content id; nil when none is known.
    public var uri: String?

    /// Creates the value of a stored row.
    public init(description: TrackDescription, uri: String? = nil) {
        self.description = description
        self.uri = uri
    }
}

extension Date {
    /// The same moment to the millisecond, which is what the store keeps.
    public var wholeMilliseconds: Date { Date(milliseconds: milliseconds) }

    /// Milliseconds since 1970, rounded.
    public var milliseconds: Int64 {
        Int64(nearest: timeIntervalSince1970 * 1000)
    }

    /// The moment so many milliseconds after the beginning of 1970.
    public init(milliseconds: Int64) { self.init(timeIntervalSince1970: Double(milliseconds) / 1000) }
}

public import Foundation
public import Wire

/// A listen in JSON.
public struct ListenView: Codable, Equatable, Sendable {
    /// Row id.
    public var id: Listen.ID
    /// Id of the event.
    public var eventId: String
    /// Title as heard.
    @ExplicitNull public var title: String?
    /// Artist as heard.
    @ExplicitNull public var artist: String?
    /// Album as heard.
    @ExplicitNull public var album: String?
    /// When it began.
    public var startedAt: Date
    /// Seconds heard.
    @ExplicitNull public var playedS: Double?
    /// Length of the track in seconds.
    @ExplicitNull public var durationS: Double?
    public var outcome: ListenOutcome
    /// The speaker.
    @ExplicitNull public var speakerName: String?
    /// The profile that has it; null is nobody.
    @ExplicitNull public var profile: String?
    /// The rule that says so.
    public var rule: AttributionRule

    init(_ listen: Listen) {
        let event = listen.event
        id = listen.id
        eventId = event.eventID
        title = event.media.title
        artist = event.media.artist
        album = event.media.album
        startedAt = event.startedAt
        playedS = event.playedS
        durationS = event.media.durationS
        outcome = event.outcome
        speakerName = event.speakerName
        profile = listen.profileName
        rule = event.rule
    }
}

/// What became of a listen that was handed in.
public struct ListenReceipt: Encodable, Equatable, Sendable {
    /// Whether it is in the store, now or since before.
    public var stored: Bool
    /// Whether it was there already.
    public var isDuplicate: Bool
    /// Why it was not stored.
    public var reason: String?
    /// The stored listen.
    public var listen: ListenView?
    /// The id it came with, when it was not stored.
    public var eventID: String?

    /// The reason for a listen that somebody removed and that was sent again.
    static let removed = "removed"

    private enum Key: String, CodingKey { case stored, reason, eventID = "event_id" }

    /// Writes `stored` beside the listen's own keys, or the reason.
    public func encode(to encoder: any Encoder) throws {
        try listen?.encode(to: encoder)
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(stored, forKey: .stored)
        try container.encodeIfPresent(reason, forKey: .reason)
        try container.encodeIfPresent(eventID, forKey: .eventID)
    }
}

public import Foundation
public import Wire

/// A listen in JSON.
public struct ListenView: Codable, Equatable, Sendable {
    /// Row id.
    public var id: Listen.ID
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
    @ExplicitNull public var speakerName: String?
    /// The profile that has it; null is nobody.
    @ExplicitNull public var profile: String?
    /// The rule that says so.
    public var rule: AttributionRule
    /// Of a shared speaker: how sure Haunt is, 0 to 1; null for a listen that is open.
    @ExplicitNull public var confidence: Double?
    /// Of a shared speaker: who may have heard it, the likeliest first.
    @ExplicitNull public var likely: [LikelyProfile]?
    /// Of a shared speaker: the session it is part of.
    @ExplicitNull public var session: ListenerSessionRow.ID?

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
        confidence = event.opinion?.confidence
        likely = event.opinion?.likely
        session = event.opinion?.session
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

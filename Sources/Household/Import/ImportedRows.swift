public import Foundation

/// A listen that a file or another service names.
public struct ImportedListen: Equatable, Codable, Sendable {
    /// When the play began.
    public var startedAt: Date
    /// Artist as written; nil when none is named.
    public var artist: String?
    /// Title as written; never empty.
    public var title: String
    /// Album as written.
    public var album: String?
    /// Seconds heard; nil when unknown.
    public var heardS: Double?
    /// Length of the track in seconds; nil when unknown.
    public var durationS: Double?
    /// Whether the listener skipped it; nil when unknown.
    public var wasSkipped: Bool?
    /// The speaker.
    public var speakerName: String?
    /// The player's content id.
    public var uri: String?
    /// The program that recorded it.
    public var source: String?
    /// A unique id of the event.
    public var eventID: String?

    /// Creates a listen; only start and title are always known.
    public init(
        startedAt: Date, artist: String?, title: String, album: String? = nil, heardS: Double? = nil,
        durationS: Double? = nil, wasSkipped: Bool? = nil, speakerName: String? = nil, uri: String? = nil,
        source: String? = nil, eventID: String? = nil
    ) {
        self.startedAt = startedAt
        self.artist = artist
        self.title = title
        self.album = album
        self.heardS = heardS
        self.durationS = durationS
        self.wasSkipped = wasSkipped
        self.speakerName = speakerName
        self.uri = uri
        self.source = source
        self.eventID = eventID
    }

    // The conversion from snake_case reads `event_id` as `eventId`.
    private enum CodingKeys: String, CodingKey {
        case startedAt, artist, title, album, heardS, durationS, wasSkipped, speakerName, uri, source
        case eventID = "eventId"
    }
}

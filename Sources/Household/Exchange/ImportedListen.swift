public import Foundation

/// One listen out of a file, as the file has it.
public struct ImportedListen: Equatable, Codable, Sendable {
    /// Line of the file it begins on, from 1.
    public var line: Int
    /// When the play began, whatever moment the file names.
    public var startedAt: Date
    /// Artist as written; nil when there is none.
    public var artist: String?
    /// Title as written; never empty.
    public var title: String
    /// Album as written.
    public var album: String?
    /// Seconds really heard; nil when the file does not say.
    public var heardS: Double?
    /// Length of the track in seconds; nil when the file does not say.
    public var durationS: Double?
    /// Whether the listener went on to another track; nil when the file does not say.
    public var wasSkipped: Bool?
    /// Where it was heard.
    public var speakerName: String?
    /// The player's own id of the track.
    public var uri: String?
    /// What recorded it.
    public var source: String?
    /// An id of the event that its owner keeps unique.
    public var eventID: String?

    /// Creates a listen; only start and title are always known.
    public init(
        line: Int, startedAt: Date, artist: String?, title: String, album: String? = nil, heardS: Double? = nil,
        durationS: Double? = nil, wasSkipped: Bool? = nil, speakerName: String? = nil, uri: String? = nil,
        source: String? = nil, eventID: String? = nil
    ) {
        self.line = line
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

    /// `event_id` reads as `eventId` where JSON keys are converted, so that is what the key is called.
    private enum CodingKeys: String, CodingKey {
        case line, startedAt, artist, title, album, heardS, durationS, wasSkipped, speakerName, uri, source
        case eventID = "eventId"
    }
}

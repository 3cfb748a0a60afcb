public import Foundation
public import Taste

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

/// A track that a catalog file or a library names.
public struct ImportedTrack: Equatable, Codable, Sendable {
    /// Artist as written; nil when none is named.
    public var artist: String?
    /// Title as written; never empty.
    public var title: String
    /// Album as written.
    public var album: String?
    /// Length in seconds.
    public var durationS: Double?
    /// Genres and tags of the track.
    public var genres: [String]
    /// Genres and tags of its artist.
    public var artistGenres: [String]
    /// Year of release; the middle of the decade where only that is known.
    public var year: Int?
    /// 0 to 100.
    public var popularity: Double?
    /// Whether it is marked as explicit.
    public var isExplicit: Bool?
    /// The player's content id.
    public var uri: String?
    /// Audio features; nil when none are known.
    public var features: AudioFeatures?

    /// Creates a track; only the title is always known.
    public init(
        artist: String?, title: String, album: String? = nil, durationS: Double? = nil,
        genres: [String] = [], artistGenres: [String] = [], year: Int? = nil, popularity: Double? = nil,
        isExplicit: Bool? = nil, uri: String? = nil, features: AudioFeatures? = nil
    ) {
        self.artist = artist
        self.title = title
        self.album = album
        self.durationS = durationS
        self.genres = genres
        self.artistGenres = artistGenres
        self.year = year
        self.popularity = popularity
        self.isExplicit = isExplicit
        self.uri = uri
        self.features = features
    }
}

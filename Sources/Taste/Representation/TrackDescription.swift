/// The id of a track in the catalog, never taken for the id of something else.
public struct TrackID: Hashable, Comparable, Codable, Sendable {
    /// The integer in the store.
    public let rawValue: Int64

    /// Wraps an integer that came from the store or from a request.
    public init(_ rawValue: Int64) { self.rawValue = rawValue }

    /// Reads a JSON integer.
    public init(from decoder: any Decoder) throws {
        rawValue = try decoder.singleValueContainer().decode(Int64.self)
    }

    /// Writes a JSON integer.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(rawValue)
    }

    /// Tracks are numbered in the order in which they were stored.
    public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}

extension TrackID: ExpressibleByIntegerLiteral, CustomStringConvertible {
    /// Wraps a literal.
    public init(integerLiteral value: Int64) { self.init(value) }

    /// The digits.
    public var description: String { "\(rawValue)" }
}

/// What taste needs to know of a track of the catalog.
public struct TrackDescription: Equatable, Sendable {
    /// Id in the catalog.
    public var id: TrackID
    /// As credited; nil if nobody knows.
    public var artist: String?
    /// Title as the catalog has it.
    public var title: String
    /// Album as the catalog has it.
    public var album: String?
    /// Genres and tags of this track.
    public var genres: [String]
    /// Genres and tags of its artist.
    public var artistGenres: [String]
    /// Year of release.
    public var year: Int?
    /// 0 to 100, as catalogs have it.
    public var popularity: Double?
    /// Whether the words are marked as explicit.
    public var isExplicit: Bool?
    /// Length in seconds.
    public var durationS: Double?
    /// What it sounds like.
    public var features: AudioFeatures?

    /// Creates a description; only id and title are always known.
    public init(
        id: TrackID, artist: String?, title: String, album: String? = nil, genres: [String] = [],
        artistGenres: [String] = [], year: Int? = nil, popularity: Double? = nil, isExplicit: Bool? = nil,
        durationS: Double? = nil, features: AudioFeatures? = nil
    ) {
        self.id = id
        self.artist = artist
        self.title = title
        self.album = album
        self.genres = genres
        self.artistGenres = artistGenres
        self.year = year
        self.popularity = popularity
        self.isExplicit = isExplicit
        self.durationS = durationS
        self.features = features
    }
}

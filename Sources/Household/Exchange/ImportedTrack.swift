public import Taste

/// One track out of a catalog file, as the file has it.
public struct ImportedTrack: Equatable, Codable, Sendable {
    /// Line of the file it begins on, from 1.
    public var line: Int
    /// Artist as written; nil when there is none.
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
    /// Year of release; the middle of the decade where the file names only that.
    public var year: Int?
    /// 0 to 100.
    public var popularity: Double?
    /// Whether the words are marked as explicit.
    public var isExplicit: Bool?
    /// The player's own id.
    public var uri: String?
    /// What it sounds like; nil when the file says nothing of it.
    public var features: AudioFeatures?

    /// Creates a track; only the title is always known.
    public init(
        line: Int, artist: String?, title: String, album: String? = nil, durationS: Double? = nil,
        genres: [String] = [], artistGenres: [String] = [], year: Int? = nil, popularity: Double? = nil,
        isExplicit: Bool? = nil, uri: String? = nil, features: AudioFeatures? = nil
    ) {
        self.line = line
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

/// What taste needs to know of a track of the catalog.
public struct TrackDescription: Equatable, Sendable {
    /// Id in the catalog.
    public var id: Int64
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
        id: Int64, artist: String?, title: String, album: String? = nil, genres: [String] = [],
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

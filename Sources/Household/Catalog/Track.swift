import Taste

/// One recording in the catalog.
public struct Track: Equatable, Sendable {
    /// The id of a stored track. Tracks are numbered in the order in which they were stored.
    public typealias ID = RowID<Track>

    public let id: ID
    public var details: TrackDetails

    /// Creates the value of a stored row.
    public init(id: ID, details: TrackDetails) {
        self.id = id
        self.details = details
    }
}

/// What the store, a catalog file or a library knows of a recording.
public struct TrackDetails: Equatable, Codable, Sendable {
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
    /// Its address: what a catalog file or a listen names; of a stored track that in the library `files`, and on a list the
    /// one by which its speaker plays it.
    public var uri: String?
    /// What it sounds like; nil when nothing is known.
    public var features: SoundFeatures?

    /// Creates details; only the title is always known.
    public init(
        artist: String?, title: String, album: String? = nil, durationS: Double? = nil,
        genres: [String] = [], artistGenres: [String] = [], year: Int? = nil, popularity: Double? = nil,
        isExplicit: Bool? = nil, uri: String? = nil, features: SoundFeatures? = nil
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

    /// By which the track is found again.
    public var key: TrackKey { TrackKey(artist: artist, title: title) }
}

/// What a track sounds like, as catalogs describe it. Unknown values are nil.
public struct SoundFeatures: Equatable, Codable, Sendable {
    /// How suitable for dancing, 0 to 1.
    public var danceability: Double?
    /// How intense, 0 to 1.
    public var energy: Double?
    /// How cheerful, 0 to 1.
    public var valence: Double?
    /// Beats per minute.
    public var tempo: Double?
    /// How certainly acoustic, 0 to 1.
    public var acousticness: Double?
    /// How certainly without voice, 0 to 1.
    public var instrumentalness: Double?
    /// How much is spoken, 0 to 1.
    public var speechiness: Double?
    /// Mean loudness in dB, 0 at most.
    public var loudness: Double?

    public init(
        danceability: Double? = nil, energy: Double? = nil, valence: Double? = nil, tempo: Double? = nil,
        acousticness: Double? = nil, instrumentalness: Double? = nil, speechiness: Double? = nil,
        loudness: Double? = nil
    ) {
        self.danceability = danceability
        self.energy = energy
        self.valence = valence
        self.tempo = tempo
        self.acousticness = acousticness
        self.instrumentalness = instrumentalness
        self.speechiness = speechiness
        self.loudness = loudness
    }
}

/// The normalised names of a track. Tracks with the same key are one track.
public struct TrackKey: Hashable, Sendable {
    /// Key of the artist; empty when none is named.
    public let artist: String
    /// Key of the title.
    public let title: String

    init(artist: String?, title: String) {
        let identity = TrackIdentity(artist: artist, title: title)
        self.artist = identity.artistKey
        self.title = identity.titleKey
    }
}

// The catalog's values as `Taste` has them. The conversions are here and nowhere else, because the store's port knows
// nothing of `Taste`.
extension TrackID {
    init(_ id: Track.ID) { self.init(id.rawValue) }
}

extension RowID<Track> {
    init(_ id: TrackID) { self.init(id.rawValue) }
}

extension TrackDescription {
    init(_ track: Track) {
        let details = track.details
        self.init(
            id: TrackID(track.id), artist: details.artist, title: details.title, album: details.album,
            genres: details.genres, artistGenres: details.artistGenres, year: details.year,
            popularity: details.popularity, isExplicit: details.isExplicit, durationS: details.durationS,
            features: details.features.map { AudioFeatures($0) })
    }
}

extension AudioFeatures {
    fileprivate init(_ features: SoundFeatures) {
        self.init(
            danceability: features.danceability, energy: features.energy, valence: features.valence,
            tempo: features.tempo, acousticness: features.acousticness, instrumentalness: features.instrumentalness,
            speechiness: features.speechiness, loudness: features.loudness)
    }
}

/// What a track sounds like, as catalogs describe it.
///
/// Unknown values are nil.
public struct AudioFeatures: Codable, Equatable, Sendable {
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

    /// Names of the features in the order of ``lanes``; also the names in the lexicon.
    static let names = [
        "danceability", "energy", "valence", "tempo", "acousticness", "instrumentalness", "speechiness", "loudness",
    ]

    static let energyLane = 1

    /// Creates features; all are unknown unless given.
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

    /// All features in one register, unknown ones not a number.
    var lanes: SIMD8<Float> {
        let values = [danceability, energy, valence, tempo, acousticness, instrumentalness, speechiness, loudness]
        return SIMD8(values.map { Float($0 ?? .nan) })
    }
}

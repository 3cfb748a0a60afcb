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

/// What somebody measured of a track's sound, in standard deviations from the catalog's mean, in 16 bits each.
struct MeasuredSound: Equatable, Sendable {
    /// Four digits after the point, and at most eight deviations.
    private static let one: Float = 4_096
    private static let most = SIMD8<Float>(repeating: 7.99)
    private static let unknown = SIMD8<Int16>(repeating: .min)

    private let lanes: SIMD8<Int16>

    /// Packs features, of which those that are not a number are unknown.
    init(_ features: SIMD8<Float>, in statistics: CatalogStatistics) {
        let bounded = statistics.standardized(features).clamped(lowerBound: -Self.most, upperBound: Self.most)
        let unknown = SIMD8<Int32>(repeating: 0).replacing(with: 1, where: features .!= features)
        lanes = SIMD8<Int16>(bounded * Self.one)
            .replacing(with: Self.unknown, where: SIMD8<Int16>(truncatingIfNeeded: unknown) .== 1)
    }

    /// Which features are known.
    var isKnown: SIMDMask<SIMD8<Int16>> { lanes .!= Self.unknown }

    /// The features; unknown ones are 0.
    var deviations: SIMD8<Float> { SIMD8<Float>(lanes.replacing(with: 0, where: .!isKnown)) / Self.one }

    /// The known features, and those of another sound where they are not.
    func drawn(to other: SIMD8<Float>, own weight: Float) -> SIMD8<Float> {
        let known = SIMD8<Float>(SIMD8<Int16>(repeating: 0).replacing(with: 1, where: isKnown))
        return other + (deviations - other) * known * weight
    }
}

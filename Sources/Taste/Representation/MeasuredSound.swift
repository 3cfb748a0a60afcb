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

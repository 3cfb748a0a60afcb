import Foundation

/// What is rare and what is usual in a catalog, as of when its index was built.
struct CatalogStatistics: Sendable {
    /// Rarity of tags: ln(N / (1 + artists with it)), 0 at least.
    private(set) var tagRarity: [Float] = []
    /// Rarity of the features that tags are made of, alike.
    private(set) var featureRarity: [Float] = []
    /// Artists with tags.
    private(set) var taggedCount = 0
    /// How many artists have each tag.
    private var artistsWithTag: [Int32] = []
    /// Mean of each audio feature.
    private(set) var mean = SIMD8<Float>(repeating: 0)
    /// One over the standard deviation of each audio feature.
    private(set) var scale = SIMD8<Float>(repeating: 0)

    init() {}

    init(features: [SIMD8<Float>], artists: [IndexedArtist], tags: TagVocabulary) {
        countTags(artists, tags)
        measure(features)
    }

    /// A unit vector over tags: log2(1 + weight) · rarity. Tags that everybody has stay in it with no weight.
    func tagVector(of tags: [WeightedTag]) -> [WeightedTag] {
        let entries = tags.sorted { $0.tag < $1.tag }.map {
            WeightedTag(tag: $0.tag, weight: log2(1 + $0.weight) * rarity(ofTag: $0.tag))
        }
        let length = Self.length(entries)
        return length > 0 ? entries.map { WeightedTag(tag: $0.tag, weight: $0.weight / length) } : entries
    }

    /// A unit vector over features: √(Σ log2(1 + weight) · share) · rarity.
    func featureVector(of tags: [WeightedTag], in vocabulary: TagVocabulary) -> [WeightedTag] {
        var sums: [Int32: Float] = [:]
        for tag in tags {
            for feature in vocabulary.features[Int(tag.tag)] {
                sums[feature.tag, default: 0] += log2(1 + tag.weight) * feature.weight
            }
        }
        let entries = sums.sorted { $0.key < $1.key }
        return Self.unit(
            entries.map { WeightedTag(tag: $0.key, weight: $0.value.squareRoot() * rarity(ofFeature: $0.key)) })
    }

    /// Rarity of a tag; one that came later is as rare as can be.
    func rarity(ofTag tag: Int32) -> Float { Int(tag) < tagRarity.count ? tagRarity[Int(tag)] : rarest }

    /// How many artists have a tag.
    func artistCount(ofTag tag: Int32) -> Int32 { Int(tag) < artistsWithTag.count ? artistsWithTag[Int(tag)] : 1 }

    /// Audio features in standard deviations from the mean; unknown ones are 0.
    func standardized(_ features: SIMD8<Float>) -> SIMD8<Float> {
        let z = (features - mean) * scale
        return z.replacing(with: 0, where: z .!= z)
    }

    private var rarest: Float { Self.rarity(count: 1, of: taggedCount) }

    private func rarity(ofFeature feature: Int32) -> Float {
        Int(feature) < featureRarity.count ? featureRarity[Int(feature)] : rarest
    }

    private static func rarity(count: Int32, of total: Int) -> Float {
        max(0, Float(log(Double(max(1, total)) / Double(1 + count))))
    }

    static func unit(_ entries: [WeightedTag]) -> [WeightedTag] {
        let length = length(entries)
        guard length > 0 else { return [] }
        return entries.filter { $0.weight != 0 }.map { WeightedTag(tag: $0.tag, weight: $0.weight / length) }
    }

    private static func length(_ entries: [WeightedTag]) -> Float {
        entries.reduce(0) { $0 + $1.weight * $1.weight }.squareRoot()
    }

    private mutating func countTags(_ artists: [IndexedArtist], _ tags: TagVocabulary) {
        var withTag = [Int32](repeating: 0, count: tags.names.count)
        var withFeature = [Int32](repeating: 0, count: tags.featureCount)
        var lastArtist = [Int32](repeating: -1, count: tags.featureCount)
        for (row, artist) in artists.enumerated() where !artist.tags.isEmpty {
            taggedCount += 1
            for tag in artist.tags {
                withTag[Int(tag.tag)] += 1
                for feature in tags.features[Int(tag.tag)] where lastArtist[Int(feature.tag)] != row {
                    lastArtist[Int(feature.tag)] = Int32(row)
                    withFeature[Int(feature.tag)] += 1
                }
            }
        }
        artistsWithTag = withTag
        tagRarity = withTag.map { Self.rarity(count: $0, of: taggedCount) }
        featureRarity = withFeature.map { Self.rarity(count: $0, of: taggedCount) }
    }

    private mutating func measure(_ features: [SIMD8<Float>]) {
        var count = SIMD8<Float>(repeating: 0)
        var sum = SIMD8<Double>(repeating: 0)
        var squares = SIMD8<Double>(repeating: 0)
        for lanes in features {
            let isKnown = lanes .== lanes
            let values = SIMD8<Double>(lanes.replacing(with: 0, where: .!isKnown))
            count.replace(with: count + 1, where: isKnown)
            sum += values
            squares += values * values
        }
        for lane in 0..<8 where count[lane] > 1 {
            let n = Double(count[lane])
            let variance = max(0, squares[lane] / n - (sum[lane] / n) * (sum[lane] / n))
            mean[lane] = Float(sum[lane] / n)
            scale[lane] = variance > 0 ? Float(1 / variance.squareRoot()) : 0
        }
    }
}

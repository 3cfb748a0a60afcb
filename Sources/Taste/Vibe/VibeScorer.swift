import Foundation

/// How well artists and tracks fit a vibe.
struct VibeScorer {
    /// Weights of the terms.
    private enum Weight {
        static let tags: Float = 0.25
        static let sound: Float = 0.75
        static let likeNamed: Float = 1.2
        static let named: Float = 3
        static let features: Float = 0.07
        static let decade: Float = 1
        static let denied: Float = -0.7
        static let ownDecade: Float = 0.3
        static let ownFeatures: Float = 0.03
    }
    private static let mostDeviations: Float = 2.5

    private let index: MusicIndex
    private let isUnderstood: Bool
    private let tagQuery: [Float]
    private let featureQuery: [SIMD2<Float>]
    private let namedTags: [Float]
    private let direction: SIMD8<Float>
    private let decades: Set<Int>
    private let named: Set<Int32>
    let unwanted: Set<Int32>
    private var mostTags: Float = 1

    init(_ vibe: Vibe, index: MusicIndex) {
        self.index = index
        isUnderstood = vibe.isUnderstood
        decades = Set(vibe.decades)
        named = Set(vibe.artists.compactMap { index.artistRows[TrackIdentity.artistKey(of: $0)] })
        unwanted = Set(vibe.unwantedArtists.compactMap { index.artistRows[TrackIdentity.artistKey(of: $0)] })
        direction = Self.direction(vibe.features)
        let wanted = Self.query(vibe, index)
        tagQuery = Self.dense(CatalogStatistics.unit(wanted), index.tags.names.count)
        let soundQuery = CatalogStatistics.unit(Self.spread(wanted, index))
        namedTags = Self.dense(Self.centroid(named, index.tagVectors), index.tags.names.count)
        let namedSound = Self.centroid(named, index.artistVectors)
        let a = Self.dense(soundQuery, index.tags.featureCount)
        let b = Self.dense(namedSound, index.tags.featureCount)
        featureQuery = zip(a, b).map { SIMD2($0, $1) }
        mostTags = max(index.artists.indices.reduce(0) { max($0, tagCosine($1, tagQuery)) }, .leastNormalMagnitude)
    }

    /// What an artist scores.
    func parts(ofArtist row: Int) -> VibeParts {
        var parts = VibeParts()
        parts.popularity = index.artists[row].prior
        guard isUnderstood else { return parts }
        let sound = soundCosines(row)
        parts.tags = Weight.tags * tagCosine(row, tagQuery) / mostTags
        parts.sound = Weight.sound * max(0, sound.x) * max(0, sound.x)
        if !named.isEmpty {
            parts.likeNamed = Weight.likeNamed * 0.5 * (tagCosine(row, namedTags) + sound.y * sound.y)
            parts.named = named.contains(Int32(row)) ? Weight.named : 0
        }
        addTrackMeans(&parts, row)
        return parts
    }

    /// What all artists score, by row.
    func allParts() -> [VibeParts] { index.artists.indices.map(parts) }

    /// What a track adds to the score of its artist, by its own sound and year.
    func own(_ track: IndexedTrack) -> VibeParts {
        var parts = VibeParts()
        if hasDirection { parts.features = Weight.ownFeatures * bounded(index.statistics.standardized(track.features)) }
        if let decade = track.decade, decades.contains(decade) { parts.decade = Weight.ownDecade }
        return parts
    }

    private var hasDirection: Bool { direction != SIMD8(repeating: 0) }

    private func addTrackMeans(_ parts: inout VibeParts, _ row: Int) {
        guard hasDirection || !decades.isEmpty else { return }
        var sum = SIMD8<Float>(repeating: 0)
        var rightDecade: Float = 0
        let tracks = index.artists[row].tracks
        for track in tracks {
            if hasDirection { sum += index.statistics.standardized(index.tracks[Int(track)].features) }
            if let decade = index.tracks[Int(track)].decade, decades.contains(decade) { rightDecade += 1 }
        }
        guard !tracks.isEmpty else { return }
        if hasDirection { parts.features = Weight.features * bounded(sum / Float(tracks.count)) }
        parts.decade = Weight.decade * rightDecade / Float(tracks.count)
    }

    private func bounded(_ z: SIMD8<Float>) -> Float {
        min(Self.mostDeviations, max(-Self.mostDeviations, (z * direction).sum()))
    }

    private func tagCosine(_ row: Int, _ query: [Float]) -> Float {
        var sum: Float = 0
        for entry in index.tagVectors.range(of: row) {
            sum += index.tagVectors.values[entry] * query[Int(index.tagVectors.columns[entry])]
        }
        return sum
    }

    private func soundCosines(_ row: Int) -> SIMD2<Float> {
        var sum = SIMD2<Float>(repeating: 0)
        for entry in index.artistVectors.range(of: row) {
            sum += featureQuery[Int(index.artistVectors.columns[entry])] * index.artistVectors.values[entry]
        }
        return sum
    }

    /// Tags with weight · √rarity, those that are not wanted against them.
    private static func query(_ vibe: Vibe, _ index: MusicIndex) -> [WeightedTag] {
        func entries(_ tags: [String: Double], _ factor: Float) -> [WeightedTag] {
            tags.sorted { $0.key < $1.key }.compactMap { name, weight in
                guard let tag = index.tags.number(of: name) else { return nil }
                let rarity = index.statistics.rarity(ofTag: tag)
                return WeightedTag(tag: tag, weight: factor * Float(weight) * rarity.squareRoot())
            }
        }
        return entries(vibe.tags, 1) + entries(vibe.unwantedTags, Weight.denied)
    }

    /// Tags as the features that they are made of.
    private static func spread(_ tags: [WeightedTag], _ index: MusicIndex) -> [WeightedTag] {
        var sums: [Int32: Float] = [:]
        for tag in tags {
            let features = CatalogStatistics.unit(
                index.statistics.featureVector(of: [WeightedTag(tag: tag.tag, weight: 1)], in: index.tags))
            for feature in features { sums[feature.tag, default: 0] += tag.weight * feature.weight }
        }
        return sums.sorted { $0.key < $1.key }.map { WeightedTag(tag: $0.key, weight: $0.value) }
    }

    private static func centroid(_ artists: Set<Int32>, _ vectors: SparseRows) -> [WeightedTag] {
        var sums: [Int32: Float] = [:]
        for artist in artists.sorted() {
            for entry in vectors.entries(of: Int(artist)) { sums[entry.tag, default: 0] += entry.weight }
        }
        return CatalogStatistics.unit(
            sums.sorted { $0.key < $1.key }.map { WeightedTag(tag: $0.key, weight: $0.value) })
    }

    private static func dense(_ entries: [WeightedTag], _ count: Int) -> [Float] {
        var dense = [Float](repeating: 0, count: count)
        for entry in entries { dense[Int(entry.tag)] = entry.weight }
        return dense
    }

    private static func direction(_ features: [String: Double]) -> SIMD8<Float> {
        SIMD8(AudioFeatures.names.map { Float(min(1, max(-1, features[$0] ?? 0))) })
    }
}

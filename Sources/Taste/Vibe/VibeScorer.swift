import Foundation

/// How well artists and tracks fit a vibe.
struct VibeScorer {
    /// Weights of the terms, chosen on dialogues of people who put playlists together.
    private enum Weight {
        static let tags: Float = 0.25
        static let place: Float = 0.8
        static let kinship: Float = 0.25
        static let likeNamed: Float = 1.2
        /// Of what words count beside names of artists: "like Massive Attack but happier" is trip hop first.
        static let wordsBesideNames: Float = 0.5
        static let named: Float = 3
        static let features: Float = 0.03
        static let decade: Float = 0.6
        static let ownFeatures: Float = 0.03
        static let ownDecade: Float = 0.3
        static let denied: Float = -0.7
    }
    /// Further than this from the mean, a sound does not fit any better.
    private static let mostDeviations: Float = 2.5

    /// What the sound and year of a track itself can add at most.
    var mostOwn: Float {
        (hasDirection ? Weight.ownFeatures * Self.mostDeviations : 0) + (decades.isEmpty ? 0 : Weight.ownDecade)
    }

    private let index: MusicIndex
    private let isUnderstood: Bool
    /// Cosine of each artist's tags with those of the words.
    private let tagCosines: [Float]
    private let mostTags: Float
    /// For each feature of tags its share in the words.
    private let kinship: [Float]
    /// Cosine of each artist's place with that of the words.
    private let placeCosines: [Float]
    /// The best cosine with that place: a wish of many words is near to nobody, yet somebody is the nearest.
    private let mostPlace: Float
    private let namedTags: [Float]
    private let namedPlace: Vector64
    private let direction: SIMD8<Float>
    private let decades: Set<Int>
    private let named: Set<Int32>
    /// Rows of the artists that are not wanted.
    let unwanted: Set<Int32>

    init(_ vibe: Vibe, index: MusicIndex) {
        self.index = index
        isUnderstood = vibe.isUnderstood
        decades = Set(vibe.decades)
        named = Set(vibe.artists.compactMap { index.artistRows[TrackIdentity.artistKey(of: $0)] })
        unwanted = Set(vibe.unwantedArtists.compactMap { index.artistRows[TrackIdentity.artistKey(of: $0)] })
        direction = Self.direction(vibe.features)
        let wanted = Self.query(vibe, index)
        let tagQuery = Self.dense(CatalogStatistics.unit(wanted), index.tags.names.count)
        tagCosines = index.artists.indices.map { index.tagVectors.dot(row: $0, tagQuery) }
        mostTags = max(tagCosines.max() ?? 0, .leastNormalMagnitude)
        kinship = Self.dense(CatalogStatistics.unit(Self.spread(wanted, index)), index.tags.featureCount)
        let place = index.embedding.vector(of: wanted)
        placeCosines = index.artistPlaces.map { $0.dot(place) }
        mostPlace = max(placeCosines.max() ?? 0, .leastNormalMagnitude)
        namedTags = Self.dense(Self.centroid(named, index.tagVectors), index.tags.names.count)
        namedPlace = named.sorted().reduce(into: Vector64.zero) { $0.add(index.artistPlaces[Int($1)], times: 1) }.unit
    }

    /// What an artist scores.
    func parts(ofArtist row: Int) -> VibeParts {
        var parts = VibeParts()
        parts.popularity = index.artists[row].prior
        guard isUnderstood else { return parts }
        let words = named.isEmpty ? 1 : Weight.wordsBesideNames
        parts.tags = words * Weight.tags * tagCosines[row] / mostTags
        parts.sound =
            words
            * (Weight.place * max(0, placeCosines[row]) / mostPlace
                + Weight.kinship * max(0, index.artistVectors.dot(row: row, kinship)))
        if !named.isEmpty {
            let nearness = index.artistPlaces[row].dot(namedPlace)
            parts.likeNamed = Weight.likeNamed * 0.5 * (index.tagVectors.dot(row: row, namedTags) + nearness * nearness)
            parts.named = named.contains(Int32(row)) ? Weight.named : 0
        }
        if hasDirection { parts.features = Weight.features * bounded(index.artistSounds[row]) }
        if !decades.isEmpty { parts.decade = Weight.decade * shareInDecades(ofArtist: row) }
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

    private func shareInDecades(ofArtist row: Int) -> Float {
        let tracks = index.artists[row].tracks
        let fitting = tracks.count { index.tracks[Int($0)].decade.map(decades.contains) ?? false }
        return tracks.isEmpty ? 0 : Float(fitting) / Float(tracks.count)
    }

    private func bounded(_ z: SIMD8<Float>) -> Float {
        min(Self.mostDeviations, max(-Self.mostDeviations, (z * direction).sum()))
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

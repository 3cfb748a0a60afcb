/// A wish as vectors that artists are compared with.
struct VibeQuery {
    /// What tags weigh in the words, in the moods among them, and in the artists that are named.
    let tags: [WeightedTag]
    let moods: [WeightedTag]
    let namedTags: [WeightedTag]
    /// What features of tags weigh in the words.
    let features: [WeightedTag]
    /// Where the words lie.
    let place: Vector64
    /// Where the artists that are named lie.
    let namedPlace: Vector64
    /// The direction of sound; zero if there is none.
    let direction: SIMD8<Float>
    /// Rows of the artists that are named.
    let named: Set<Int32>
    /// Rows of the tracks that are named and asked for themselves.
    let tracks: Set<Int32>

    /// Turns a wish into vectors; `isMood` is whether it is for a mood, and names no music.
    init(_ vibe: Vibe, isMood: Bool, index: CatalogIndex) {
        let wanted = Self.weighed(vibe, index)
        let genres = index.tags.genres
        moods = isMood ? CatalogStatistics.unit(Self.weighed(vibe, index) { genres.canonicalNames[$0] == nil }) : []
        tags = CatalogStatistics.unit(wanted)
        features = CatalogStatistics.unit(Self.spread(wanted, index))
        named = Set(vibe.artists.compactMap { index.artistRows[TrackIdentity.artistKey(of: $0)] })
        tracks = vibe.wantsAlike ? [] : Set(vibe.tracks.compactMap { $0.id.flatMap { index.trackRows[$0] } })
        namedTags = Self.centroid(named, index.tagVectors)
        place = Self.place(of: vibe, wanted, index)
        namedPlace = named.sorted().reduce(into: Vector64.zero) { $0.add(index.artistPlaces[Int($1)], times: 1) }.unit
        direction = Self.direction(vibe.features)
    }

    /// The direction of sound at length 1.
    static func direction(_ features: [String: Double]) -> SIMD8<Float> {
        let direction = SIMD8(AudioFeatures.names.map { Float(min(1, max(-1, features[$0] ?? 0))) })
        let length = (direction * direction).sum().squareRoot()
        return length > 0 ? direction / length : direction
    }

    /// Tags with weight · √rarity, those that are not wanted against them.
    private static func weighed(
        _ vibe: Vibe, _ index: CatalogIndex, where isIncluded: (String) -> Bool = { _ in true }
    ) -> [WeightedTag] {
        func entries(_ tags: [String: Double], _ factor: Float) -> [WeightedTag] {
            tags.filter { isIncluded($0.key) }.sorted { $0.key < $1.key }.flatMap { name, weight in
                stand(for: name, index).map { ($0, weight) }
            }.map { tag, weight in
                let rarity = index.statistics.rarity(ofTag: tag)
                return WeightedTag(tag: tag, weight: factor * Float(weight) * rarity.squareRoot())
            }
        }
        return entries(vibe.tags, 1) + entries(vibe.unwantedTags, VibeWeight.denied)
    }

    /// A tag of the catalog, or those that a genre which it lacks is a kind of.
    private static func stand(for name: String, _ index: CatalogIndex) -> [Int32] {
        if let tag = index.tags.number(of: name) { return [tag] }
        let levels = index.tags.genres.ancestors(of: name).map { $0.compactMap(index.tags.number) }
        return levels.first { !$0.isEmpty } ?? []
    }

    /// Where the tags of a text lie; those too rare to have a place lie where what they are kinds of does.
    private static func place(of vibe: Vibe, _ wanted: [WeightedTag], _ index: CatalogIndex) -> Vector64 {
        let place = index.embedding.vector(of: wanted)
        guard place == .zero, !vibe.tags.isEmpty else { return place }
        let genres = index.tags.genres
        for level in vibe.tags.keys.sorted().compactMap(genres.genre).flatMap(genres.ancestors) {
            let tags = level.compactMap(index.tags.number).map { WeightedTag(tag: $0, weight: 1) }
            let place = index.embedding.vector(of: tags)
            if place != .zero { return place }
        }
        return place
    }

    /// Tags as the features that they are made of.
    private static func spread(_ tags: [WeightedTag], _ index: CatalogIndex) -> [WeightedTag] {
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
}

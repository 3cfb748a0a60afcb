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
        /// What a mood and the sound of it count, each, where neither a kind nor a name is asked for.
        static let mood: Float = 1
        static let moodSound: Float = 1
        /// The same beside a kind or a name, and of a situation.
        static let moodBesideKinds: Float = 0.03
        static let decade: Float = 0.6
        static let ownDecade: Float = 0.3
        static let denied: Float = -0.7
        /// What a step of fit weighs: more than all that orders what fits equally.
        static let kind: Float = 10
        /// The artist that is named comes before those of a kind that is named.
        static let artist: Float = 4
        static let ownDecadeStep: Float = 5
        /// Of how well known an artist is counts, where it is not of the kinds named: likeness comes first there.
        static let priorOfOthers: Float = 0.1
        /// The same where an artist is named.
        static let priorBesideNames: Float = 0.6
        /// The same where a mood is asked for.
        static let priorOfMoods: Float = 0.25
    }
    /// Further than this from the mean, a sound does not fit any better.
    private static let mostDeviations: Float = 1.5

    /// What the sound and year of its tracks can add at most to what an artist scores.
    func mostOwn(ofArtist row: Int) -> Float {
        var most: Float = decades.isEmpty ? 0 : Weight.ownDecade + Weight.ownDecadeStep
        guard hasDirection else { return most }
        let artist = bounded(sounds[row])
        guard isMood else { return most + moodWeight * Weight.moodSound * (Self.mostDeviations - artist) }
        // A sound counts for so much in a mood that no looser bound would spare looking at most artists.
        let loudest = index.artists[row].tracks.reduce(artist) {
            max($0, bounded(index.sound(of: index.tracks[Int($1)])))
        }
        most += moodWeight * Weight.moodSound * (loudest - artist)
        return most
    }

    private let index: CatalogIndex
    private let isUnderstood: Bool
    private let isExclusive: Bool
    /// Cosine of each artist's tags with those of the words.
    private let tagCosines: [Float]
    private let mostTags: Float
    /// Cosine of the features of each artist's tags with those of the words.
    private let kinshipCosines: [Float]
    private let priors: [Float]
    private let sounds: [SIMD8<Float>]
    /// Cosine of each artist's place with that of the words.
    private let placeCosines: [Float]
    /// The best cosine with that place: a wish of many words is near to nobody, yet somebody is the nearest.
    private let mostPlace: Float
    private let namedTags: [Float]
    private let namedPlace: Vector64
    private let direction: SIMD8<Float>
    /// Whether the wish is for a mood, and names no music.
    private let isMood: Bool
    private let moodWeight: Float
    /// Cosine of each artist's tags with those of the moods alone.
    private let moodCosines: [Float]
    private let mostMood: Float
    private let decades: Set<Int>
    private let named: Set<Int32>
    /// Whether the wish names kinds of music, and how far each artist is of them.
    private let namesKinds: Bool
    private let levels: [Float]

    init(_ vibe: Vibe, index: CatalogIndex) {
        self.index = index
        isUnderstood = vibe.asksForSomething
        isExclusive = vibe.isExclusive
        decades = Set(vibe.decades)
        named = Set(vibe.artists.compactMap { index.artistRows[TrackIdentity.artistKey(of: $0)] })
        let kinds = KindFit(vibe.kinds, index: index)
        namesKinds = !kinds.isEmpty
        levels = kinds.levels(of: index.artists)
        direction = Self.direction(vibe.features)
        isMood = vibe.namesMood && vibe.kinds.isEmpty && vibe.artists.isEmpty && direction != SIMD8(repeating: 0)
        moodWeight = isMood ? Weight.mood : Weight.moodBesideKinds
        let wanted = Self.query(vibe, index)
        let tagQuery = Self.dense(CatalogStatistics.unit(wanted), index.tags.names.count)
        tagCosines = index.artists.indices.map { index.tagVectors.dot(row: $0, tagQuery) }
        mostTags = max(tagCosines.max() ?? 0, .leastNormalMagnitude)
        let genres = index.tags.genres
        let moods = isMood ? Self.query(vibe, index) { genres.canonicalNames[$0] == nil } : []
        let moodQuery = Self.dense(CatalogStatistics.unit(moods), index.tags.names.count)
        moodCosines = moods.isEmpty ? [] : index.artists.indices.map { index.tagVectors.dot(row: $0, moodQuery) }
        mostMood = max(moodCosines.max() ?? 0, .leastNormalMagnitude)
        let kinship = Self.dense(CatalogStatistics.unit(Self.spread(wanted, index)), index.tags.featureCount)
        let vectors = index.artistVectors
        kinshipCosines = index.artists.indices.map { vectors.dot(row: $0, kinship) }
        priors = index.artistPriors
        sounds = index.artistSounds
        let place = Self.place(of: vibe, wanted, index)
        placeCosines = index.artistPlaces.map { $0.dot(place) }
        mostPlace = max(placeCosines.max() ?? 0, .leastNormalMagnitude)
        namedTags = Self.dense(Self.centroid(named, index.tagVectors), index.tags.names.count)
        namedPlace = named.sorted().reduce(into: Vector64.zero) { $0.add(index.artistPlaces[Int($1)], times: 1) }.unit
    }

    /// What an artist scores.
    func parts(ofArtist row: Int) -> VibeParts {
        var parts = VibeParts()
        parts.popularity = priors[row]
        guard isUnderstood else { return parts }
        let level = named.contains(Int32(row)) ? Weight.artist : levels[row]
        parts.kind = Weight.kind * level
        if level == 0 {
            if namesKinds {
                parts.popularity *= Weight.priorOfOthers
            } else if !named.isEmpty {
                parts.popularity *= Weight.priorBesideNames
            }
        }
        let words = named.isEmpty ? 1 : Weight.wordsBesideNames
        parts.tags = words * Weight.tags * tagCosines[row] / mostTags
        parts.sound =
            words
            * (Weight.place * max(0, placeCosines[row]) / mostPlace
                + Weight.kinship * max(0, kinshipCosines[row]))
        if !named.isEmpty {
            let nearness = index.artistPlaces[row].dot(namedPlace)
            parts.likeNamed = Weight.likeNamed * 0.5 * (index.tagVectors.dot(row: row, namedTags) + nearness * nearness)
            parts.named = named.contains(Int32(row)) ? Weight.named : 0
        }
        if hasDirection {
            let sound = Weight.moodSound * bounded(sounds[row])
            let tags = moodCosines.isEmpty ? 0 : moodCosines[row] / mostMood
            parts.features = moodWeight * (sound + tags)
            if isMood { parts.popularity *= Weight.priorOfMoods }
        }
        if !decades.isEmpty { parts.decade = Weight.decade * shareInDecades(ofArtist: row) }
        return parts
    }

    /// What all artists score, by row.
    func allParts() -> [VibeParts] { index.artists.indices.map(parts) }

    /// What a track adds to the score of its artist, by its own sound and year.
    func own(_ track: IndexedTrack) -> VibeParts {
        var parts = VibeParts()
        if hasDirection {
            let more = bounded(index.sound(of: track)) - bounded(sounds[Int(track.artist)])
            parts.features = moodWeight * Weight.moodSound * more
        }
        if let decade = track.decade, decades.contains(decade) {
            parts.decade = Weight.ownDecade
            parts.kind = Weight.ownDecadeStep
        }
        return parts
    }

    /// How far a track with these parts is what was asked for.
    ///
    /// A kind or an artist that is named, and years, are facts. A mood or a situation fits by likeness.
    func fit(of parts: VibeParts, _ track: IndexedTrack) -> Fit {
        // Where nothing has tags, nothing is known to be anything else.
        guard isUnderstood, index.statistics.taggedCount > 0 else { return .asked(0) }
        let row = Int(track.artist)
        let isOfDecade = decades.isEmpty || track.decade.map(decades.contains) ?? !isExclusive
        guard hasSteps else {
            return isLike(row, Self.likeness) || parts.features >= Self.leastFeatures
                ? .asked(0) : isLike(row, Self.distantLikeness) ? .near : .none
        }
        let isNamed = named.isEmpty && !namesKinds || parts.kind >= Weight.kind / Float(2)
        if isNamed, isOfDecade { return .asked(Int(parts.kind / Weight.ownDecadeStep)) }
        if isNamed, !(named.isEmpty && !namesKinds) { return .near }
        return isLike(row, Self.likeness) ? .near : .none
    }

    /// Share of the best likeness there is that makes what is alike, and what is near.
    private static let likeness: Float = 0.5
    private static let distantLikeness: Float = 0.3
    private static let leastFeatures: Float = 0.05

    private var hasSteps: Bool { !named.isEmpty || namesKinds || !decades.isEmpty }

    private func isLike(_ row: Int, _ share: Float) -> Bool {
        if !named.isEmpty, index.artistPlaces[row].dot(namedPlace) >= share { return true }
        return tagCosines[row] >= share * mostTags || placeCosines[row] >= share
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
    private static func query(
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
        return entries(vibe.tags, 1) + entries(vibe.unwantedTags, Weight.denied)
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

    private static func dense(_ entries: [WeightedTag], _ count: Int) -> [Float] {
        var dense = [Float](repeating: 0, count: count)
        for entry in entries { dense[Int(entry.tag)] = entry.weight }
        return dense
    }

    private static func direction(_ features: [String: Double]) -> SIMD8<Float> {
        let direction = SIMD8(AudioFeatures.names.map { Float(min(1, max(-1, features[$0] ?? 0))) })
        let length = (direction * direction).sum().squareRoot()
        return length > 0 ? direction / length : direction
    }
}

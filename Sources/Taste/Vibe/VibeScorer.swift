/// How well artists and tracks fit a wish.
struct VibeScorer: Sendable {
    let vibe: Vibe
    private let index: CatalogIndex
    private let query: VibeQuery
    private let cosines: VibeCosines
    private let decades: Set<Int>
    /// The same as places in ``DecadeShares``.
    private let decadeLanes: [Int]
    /// Whether the wish names kinds of music, and how far each artist is of them.
    private let namesKinds: Bool
    private let levels: [Float]
    /// Whether the wish is for a mood, and names no music.
    private let isMood: Bool
    private let moodWeight: Float
    private let hasDirection: Bool
    /// Whether nothing in the catalog has tags.
    private let isUnjudged: Bool
    /// For each track how far its sound goes in the direction of a mood; empty for any other wish.
    private let trackSounds: [Float]
    /// What the sound and year of its tracks can add at most to what an artist scores.
    private let mostOwn: [Float]
    /// The score and the fit of each artist, by row.
    private var sums: [Float] = []
    private var fits: [Float] = []
    /// The best fit of any artist; never 0.
    private var bestFit = Float.leastNormalMagnitude

    init(_ vibe: Vibe, index: CatalogIndex) {
        self.vibe = vibe
        self.index = index
        decades = Set(vibe.decades)
        decadeLanes = vibe.decades.compactMap(DecadeShares.lane)
        let kinds = KindFit(vibe.kinds, index: index)
        namesKinds = !kinds.isEmpty
        levels = kinds.levels(of: index)
        isUnjudged = index.statistics.taggedCount == 0
        hasDirection = VibeQuery.direction(vibe.features) != .zero
        isMood = vibe.namesMood && vibe.kinds.isEmpty && vibe.artists.isEmpty && hasDirection
        moodWeight = isMood ? VibeWeight.mood : VibeWeight.moodBesideKinds
        query = VibeQuery(vibe, isMood: isMood, index: index)
        cosines = VibeCosines(query, index: index)
        let direction = query.direction
        trackSounds = isMood ? Self.sounds(of: index, direction) : []
        var mostOwn = Self.mostOwn(trackSounds, direction, moodWeight, decadeLanes, index)
        for row in query.tracks { mostOwn[Int(index.tracks[Int(row)].artist)] += VibeWeight.ownTrackStep }
        self.mostOwn = mostOwn
        let count = index.artistCount
        (sums, fits) = ([Float](repeating: 0, count: count), [Float](repeating: 0, count: count))
        for row in 0..<count {
            let parts = parts(ofArtist: row)
            (sums[row], fits[row]) = (parts.sum, parts.fit)
            bestFit = max(bestFit, parts.fit)
        }
    }

    /// The most that an artist and any of its tracks score, its taste left out.
    func most(ofArtist row: Int) -> Float { sums[row] + mostOwn[row] }

    /// How well an artist fits the words beside the best there is, 0 to 1; 1 where the words say nothing.
    func share(ofArtist row: Int) -> Float {
        vibe.isUnderstood ? max(0, min(1, fits[row] / bestFit)) : 1
    }

    /// Whether tags tell what is like the artists that are named.
    var knowsLikeness: Bool { !isUnjudged && query.namedPlace != .zero }

    /// Whether an artist is named, or carries a kind that is named.
    func asksFor(artist row: Int) -> Bool { levels[row] > 0 || query.named.contains(Int32(row)) }

    /// What an artist scores.
    func parts(ofArtist row: Int) -> VibeParts {
        var parts = VibeParts()
        parts.popularity = index.artistPriors[row]
        // Where nothing but size orders artists, audio plays and recordings of whole evenings come last.
        if isUnjudged, index.artists[row].isLongForm { parts.popularity *= Ranker.shareOfLong }
        guard vibe.asksForSomething else { return parts }
        let isNamed = !query.named.isEmpty && query.named.contains(Int32(row))
        let level = isNamed ? VibeWeight.artist : levels[row]
        parts.kind = VibeWeight.kind * level
        parts.popularity *= shareOfPrior(level: level)
        let cosine = cosines.tags[row] / cosines.mostTags
        let words = query.named.isEmpty ? 1 : VibeWeight.wordsBesideNames
        parts.tags = words * VibeWeight.tags * cosine.x
        let place = VibeWeight.place * (isMood ? VibeWeight.placeOfMoods : 1)
        parts.sound =
            words
            * (place * max(0, cosines.place[row]) / cosines.mostPlace
                + VibeWeight.kinship * max(0, cosines.kinship[row]))
        if !query.named.isEmpty {
            let nearness = index.artistPlaces[row].dot(query.namedPlace)
            parts.likeNamed = VibeWeight.likeNamed * 0.5 * (cosines.tags[row].z + nearness * nearness)
            parts.named = isNamed ? VibeWeight.named : 0
        }
        if hasDirection {
            let sound = VibeWeight.moodSound * Self.bounded(index.artistSounds[row], query.direction)
            parts.features = moodWeight * (sound + (query.hasMoodTags ? cosine.y : 0))
        }
        if !decades.isEmpty { parts.decade = VibeWeight.decade * index.artistDecades[row].share(in: decadeLanes) }
        return parts
    }

    /// What a track adds to the score of its artist, by its own sound and year.
    func own(_ row: Int32) -> VibeParts {
        let track = index.tracks[Int(row)]
        var parts = VibeParts()
        if hasDirection {
            let own = isMood ? trackSounds[Int(row)] : Self.bounded(index.sound(ofTrack: Int(row)), query.direction)
            let more = own - Self.bounded(index.artistSounds[Int(track.artist)], query.direction)
            parts.features = moodWeight * VibeWeight.moodSound * more
        }
        if !query.tracks.isEmpty, query.tracks.contains(row) { parts.kind = VibeWeight.ownTrackStep }
        if let decade = track.decade, decades.contains(decade) {
            parts.decade = VibeWeight.ownDecade
            parts.kind += VibeWeight.ownDecadeStep
        }
        return parts
    }

    /// Of how well known an artist is, what counts.
    private func shareOfPrior(level: Float) -> Float {
        let others =
            level > 0
            ? 1
            : namesKinds ? VibeWeight.priorOfOthers : query.named.isEmpty ? 1 : VibeWeight.priorBesideNames
        return isMood ? others * VibeWeight.priorOfMoods : others
    }

    private static func mostOwn(
        _ trackSounds: [Float], _ direction: SIMD8<Float>, _ moodWeight: Float, _ decades: [Int],
        _ index: CatalogIndex
    ) -> [Float] {
        let artists = index.artists.indices
        let years = VibeWeight.ownDecade + VibeWeight.ownDecadeStep
        var most = artists.map { index.artistDecades[$0].share(in: decades) > 0 ? years : 0 }
        guard direction != .zero else { return most }
        // For a mood the sound counts for so much that no looser bound would spare looking at most artists.
        let least = trackSounds.isEmpty ? VibeWeight.mostDeviations : -.infinity
        var loudest = [Float](repeating: least, count: most.count)
        for (track, sound) in zip(index.tracks, trackSounds) where sound > loudest[Int(track.artist)] {
            loudest[Int(track.artist)] = sound
        }
        for row in artists {
            let artist = bounded(index.artistSounds[row], direction)
            most[row] += moodWeight * VibeWeight.moodSound * max(0, loudest[row] - artist)
        }
        return most
    }

    /// How far the sound of each track goes in a direction.
    private static func sounds(of index: CatalogIndex, _ direction: SIMD8<Float>) -> [Float] {
        var sounds = [Float](repeating: 0, count: index.trackCount)
        for row in sounds.indices { sounds[row] = bounded(index.sound(ofTrack: row), direction) }
        return sounds
    }

    private static func bounded(_ z: SIMD8<Float>, _ direction: SIMD8<Float>) -> Float {
        min(VibeWeight.mostDeviations, max(-VibeWeight.mostDeviations, (z * direction).sum()))
    }
}

// What fits, what lies near, and what neither.
extension VibeScorer {
    /// How far a track with these parts is what was asked for.
    ///
    /// A kind or an artist that is named, and years, are facts. A mood or a situation fits by likeness.
    func fit(of parts: VibeParts, _ track: IndexedTrack) -> Fit {
        guard vibe.asksForSomething else { return .asked(0) }
        guard !isUnjudged else { return fitByFacts(parts, track) }
        let row = Int(track.artist)
        guard hasSteps else {
            if isLike(row, VibeWeight.likeness) || parts.features >= VibeWeight.leastFeatures { return .asked(0) }
            return isLike(row, VibeWeight.distantLikeness) ? .near : .none
        }
        let isOfDecade = decades.isEmpty || track.decade.map(decades.contains) ?? !vibe.isExclusive
        let isNamed = query.named.isEmpty && !namesKinds || parts.kind >= VibeWeight.kind / 2
        if isNamed, isOfDecade { return .asked(Int(parts.kind / VibeWeight.ownDecadeStep)) }
        if isNamed, !(query.named.isEmpty && !namesKinds) { return .near }
        guard isLike(row, VibeWeight.likeness) else { return .none }
        return vibe.wantsAlike && isOfDecade ? .asked(0) : .near
    }

    /// Where nothing has tags, names and years are all that is known, and nothing is known to be of another kind.
    private func fitByFacts(_ parts: VibeParts, _ track: IndexedTrack) -> Fit {
        let isNamed = query.named.isEmpty || query.named.contains(track.artist)
        let isOfDecade = decades.isEmpty || track.decade.map(decades.contains) ?? !vibe.isExclusive
        return isNamed && isOfDecade ? .asked(Int(parts.kind / VibeWeight.ownDecadeStep)) : .none
    }

    private var hasSteps: Bool { !query.named.isEmpty || namesKinds || !decades.isEmpty }

    private func isLike(_ row: Int, _ share: Float) -> Bool {
        if !query.named.isEmpty, index.artistPlaces[row].dot(query.namedPlace) >= share { return true }
        return cosines.tags[row].x >= share * cosines.mostTags.x || cosines.place[row] >= share
    }
}

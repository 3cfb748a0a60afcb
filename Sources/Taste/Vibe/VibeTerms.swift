/// What artists and tracks score for a wish, term by term.
///
/// A class, because thousands of tracks are looked at, and a call to a structure of this size may copy it.
final class VibeTerms: Sendable {
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
    /// For each artist how far its sound goes in the direction of the words; empty where they have none.
    private let artistSounds: [Float]
    /// For each track how much further than its artist it goes in the direction of a mood; empty for any other wish.
    private let ownSounds: [Float]

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
        artistSounds = hasDirection ? index.artistSounds.map { [query] in Self.bounded($0, query.direction) } : []
        ownSounds = isMood ? Self.ownSounds(of: index, query.direction, artistSounds) : []
    }

    /// Whether tags say what is like the artists that are named.
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
        let words = query.named.isEmpty ? 1 : VibeWeight.wordsBesideNames
        parts.tags = words * VibeWeight.tags * cosines.shareOfWords(row)
        let place = VibeWeight.place * (isMood ? VibeWeight.placeOfMoods : 1)
        parts.sound =
            words
            * (place * max(0, cosines.place(row)) / cosines.mostPlace
                + VibeWeight.kinship * max(0, cosines.features(row)))
        if !query.named.isEmpty {
            let nearness = cosines.namedPlace(row)
            parts.likeNamed = VibeWeight.likeNamed * 0.5 * (cosines.named(row) + nearness * nearness)
            parts.named = isNamed ? VibeWeight.named : 0
        }
        if hasDirection {
            let sound = VibeWeight.moodSound * artistSounds[row]
            parts.features = moodWeight * (sound + cosines.shareOfMoods(row))
        }
        if !decades.isEmpty { parts.decade = VibeWeight.decade * index.artistDecades[row].share(in: decadeLanes) }
        return parts
    }

    /// What a track adds to the score of its artist, by its own sound and year.
    func own(_ row: Int32) -> VibeParts {
        var parts = VibeParts()
        if isMood {
            parts.features = moodWeight * VibeWeight.moodSound * ownSounds[Int(row)]
        } else if hasDirection {
            let own = Self.ownSound(ofTrack: Int(row), of: index, query.direction, artistSounds)
            parts.features = moodWeight * VibeWeight.moodSound * own
        }
        if !query.tracks.isEmpty, query.tracks.contains(row) { parts.kind = VibeWeight.ownTrackStep }
        if !decades.isEmpty, let decade = index.tracks[Int(row)].decade, decades.contains(decade) {
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

    /// What the sound and year of its tracks can add at most to what each artist scores.
    func mostOwn() -> [Float] {
        let years = VibeWeight.ownDecade + VibeWeight.ownDecadeStep
        var most = [Float](repeating: 0, count: index.artistCount)
        if !decadeLanes.isEmpty {
            for row in most.indices where index.artistDecades[row].share(in: decadeLanes) > 0 { most[row] = years }
        }
        for row in query.tracks { most[Int(index.tracks[Int(row)].artist)] += VibeWeight.ownTrackStep }
        guard hasDirection else { return most }
        // For a mood the sound counts for so much that no looser bound would spare looking at most artists.
        var loudest = artistSounds.map { isMood ? 0 : VibeWeight.mostDeviations - $0 }
        for (track, own) in zip(index.tracks, ownSounds) where own > loudest[Int(track.artist)] {
            loudest[Int(track.artist)] = own
        }
        for row in most.indices { most[row] += moodWeight * VibeWeight.moodSound * loudest[row] }
        return most
    }

    private static func ownSounds(
        of index: CatalogIndex, _ direction: SIMD8<Float>, _ artistSounds: [Float]
    ) -> [Float] {
        var sounds = [Float](repeating: 0, count: index.trackCount)
        for row in sounds.indices { sounds[row] = ownSound(ofTrack: row, of: index, direction, artistSounds) }
        return sounds
    }

    /// How much further than its artist a track goes in a direction of sound.
    private static func ownSound(
        ofTrack row: Int, of index: CatalogIndex, _ direction: SIMD8<Float>, _ artistSounds: [Float]
    ) -> Float {
        bounded(index.sound(ofTrack: row), direction) - artistSounds[Int(index.tracks[row].artist)]
    }

    private static func bounded(_ z: SIMD8<Float>, _ direction: SIMD8<Float>) -> Float {
        let products = z * direction
        // Halving keeps the adder busy; `sum()` adds one lane after the other.
        let four = products.lowHalf + products.highHalf
        let two = four.lowHalf + four.highHalf
        return min(VibeWeight.mostDeviations, max(-VibeWeight.mostDeviations, two.x + two.y))
    }
}

// What fits, what lies near, and what neither.
extension VibeTerms {
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
        // Where few artists have tags, those in common say more than places do.
        if max(cosines.namedPlace(row), cosines.named(row)) >= share { return true }
        return cosines.words(row) >= share * cosines.mostWords || cosines.place(row) >= share
    }
}

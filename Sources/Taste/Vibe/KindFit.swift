/// How far tags and artists are of the kinds of music that a text names, or that it denies.
struct KindFit {
    /// What an artist that fits best has.
    static let most: Float = 3
    /// Carries a tag whose words include those of the kind: "deep german techno" is a techno.
    private static let worded: Float = 2
    /// Carries a genre that descends from it: "grindcore" is a metal.
    private static let descended: Float = 1

    /// For each kind of each phrase what each tag says of it.
    private let phrases: [[[Float]]]

    /// Prepares the kinds of a text; an empty list fits nobody.
    init(_ kinds: [[String]], index: CatalogIndex) {
        phrases = kinds.map { phrase in phrase.map { Self.levels(of: $0, index.tags) } }
    }

    /// Whether any kind is named.
    var isEmpty: Bool { phrases.isEmpty }

    /// Each artist's fit from 0 to ``most``: of the kinds of one phrase all count, of several phrases the best.
    func levels(of index: CatalogIndex) -> [Float] {
        var levels = [Float](repeating: 0, count: index.artistCount)
        for phrase in phrases {
            for row in levels.indices {
                let tags = index.tagVectors.range(of: row)
                if tags.isEmpty { continue }
                var sum: Float = 0
                for kind in phrase {
                    var best: Float = 0
                    for place in tags { best = max(best, kind[Int(index.tagVectors.entries[place].tag)]) }
                    sum += best
                }
                levels[row] = max(levels[row], sum / Float(phrase.count))
            }
        }
        return levels
    }

    /// What each tag says of one kind.
    private static func levels(of kind: String, _ tags: TagVocabulary) -> [Float] {
        let words = kind.split(separator: " ").compactMap { tags.featureNumber(named: String($0)) }
        let isWorded = words.count == kind.split(separator: " ").count
        let wordCount = Set(words).count
        let own = tags.featureNumber(named: kind)
        let number = tags.number(of: kind).map(Int.init)
        return tags.names.indices.map { tag in
            if tag == number { return most }
            var isDescended = false
            var wordsInCommon = 0
            for feature in tags.features[tag] {
                if feature.tag == own { isDescended = true }
                if feature.weight > 0, words.contains(feature.tag) { wordsInCommon += 1 }
            }
            if isWorded, wordsInCommon >= wordCount, tags.hasWords(of: kind, tag) { return worded }
            return isDescended ? descended : 0
        }
    }
}

/// What a text does not want: artists, what carries a tag that it denies, titles, and years.
struct Denial {
    private var isDenied: [Bool]
    private let decades: Set<Int>
    private let titles: Set<UInt64>

    /// nil when the text denies nothing for certain.
    init?(_ vibe: Vibe, index: CatalogIndex) {
        let artists = vibe.unwantedArtists.compactMap { index.artistRows[TrackIdentity.artistKey(of: $0)] }
        let kinds = KindFit(vibe.unwantedKinds.map { [$0] }, index: index)
        decades = Set(vibe.unwantedDecades)
        titles = Set(vibe.unwantedTitles.map { TrackIdentity.editionKey(of: $0).fingerprint })
        guard !artists.isEmpty || !kinds.isEmpty || !decades.isEmpty || !titles.isEmpty else { return nil }
        isDenied = kinds.levels(of: index).map { $0 > 0 }
        for row in artists { isDenied[Int(row)] = true }
    }

    /// Whether an artist is not wanted.
    func denies(artist row: Int) -> Bool { isDenied[row] }

    /// Whether a track has a title that is not wanted, in whatever edition, or is of such years.
    func denies(_ track: IndexedTrack) -> Bool {
        titles.contains(track.edition) || track.decade.map(decades.contains) ?? false
    }
}

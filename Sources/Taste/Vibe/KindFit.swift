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
    init(_ kinds: [[String]], index: MusicIndex) {
        phrases = kinds.map { phrase in phrase.map { Self.levels(of: $0, index.tags) } }
    }

    /// Whether any kind is named.
    var isEmpty: Bool { phrases.isEmpty }

    /// From 0 to ``most``: of the kinds of one phrase all count, of several phrases the one that fits best.
    func level(of artist: IndexedArtist) -> Float {
        phrases.reduce(0) { best, phrase in
            let sum = phrase.reduce(Float(0)) { sum, levels in
                sum + artist.tags.reduce(0) { max($0, Int($1.tag) < levels.count ? levels[Int($1.tag)] : 0) }
            }
            return max(best, sum / Float(phrase.count))
        }
    }

    /// What each tag says of one kind.
    private static func levels(of kind: String, _ tags: TagVocabulary) -> [Float] {
        let words = kind.split(separator: " ").compactMap { tags.featureNumber(named: String($0)) }
        let isWorded = words.count == kind.split(separator: " ").count
        let own = tags.featureNumber(named: kind)
        return tags.names.indices.map { tag in
            if tags.names[tag] == kind { return most }
            let features = tags.features[tag]
            if isWorded, words.allSatisfy({ word in features.contains { $0.tag == word && $0.weight > 0 } }),
                tags.hasWords(of: kind, tag)
            {
                return worded
            }
            guard let own else { return 0 }
            return features.contains { $0.tag == own } ? descended : 0
        }
    }
}

/// What a text does not want: artists, what carries a tag that it denies, and years.
struct Denial {
    private let index: MusicIndex
    private let artists: Set<Int32>
    private let kinds: KindFit
    private let decades: Set<Int>

    /// nil when the text denies nothing for certain.
    init?(_ vibe: Vibe, index: MusicIndex) {
        self.index = index
        artists = Set(vibe.unwantedArtists.compactMap { index.artistRows[TrackIdentity.artistKey(of: $0)] })
        kinds = KindFit(vibe.unwantedKinds.map { [$0] }, index: index)
        decades = Set(vibe.unwantedDecades)
        guard !artists.isEmpty || !kinds.isEmpty || !decades.isEmpty else { return nil }
    }

    /// Whether an artist is not wanted.
    func denies(artist row: Int) -> Bool {
        artists.contains(Int32(row)) || !kinds.isEmpty && kinds.level(of: index.artists[row]) > 0
    }

    /// Whether a track is of years that are not wanted.
    func denies(_ track: IndexedTrack) -> Bool { track.decade.map(decades.contains) ?? false }
}

/// The parts of how well an artist or a track fits a vibe.
struct VibeParts: Equatable, Sendable {
    /// Being what was named: the artist, or of the kind of music, or from the years.
    var kind: Float = 0
    /// Tags in common with the words.
    var tags: Float = 0
    /// Sound of the tags in common, the near ones included.
    var sound: Float = 0
    /// Likeness to the artists named.
    var likeNamed: Float = 0
    /// Being one of them.
    var named: Float = 0
    /// Audio features in the direction of the words.
    var features: Float = 0
    /// Being of the decades named.
    var decade: Float = 0
    /// How much of the artist the catalog has.
    var popularity: Float = 0
    /// Whether a search by sound put it before where the words alone do.
    var isLiftedBySound = false

    /// How well the words fit among what is of the kinds named, popularity left out.
    var fit: Float { tags + sound + likeNamed + named + features + decade }

    /// The whole score.
    var sum: Float { kind + fit + popularity }

    /// The parts by name, those that are nothing left out.
    var terms: [ScoreTerm] {
        var terms: [ScoreTerm] = []
        // One for each part, and one for the taste.
        terms.reserveCapacity(9)
        func add(_ name: String, _ value: Float) { if value != 0 { terms.append(ScoreTerm(name, Double(value))) } }
        add("kind", kind)
        add("tags", tags)
        add("sound", sound)
        add("like_named", likeNamed)
        add("named", named)
        add("features", features)
        add("decade", decade)
        add("popularity", popularity)
        return terms
    }

    /// Two sets of parts, part by part.
    func adding(_ other: VibeParts) -> VibeParts {
        VibeParts(
            kind: kind + other.kind, tags: tags + other.tags, sound: sound + other.sound,
            likeNamed: likeNamed + other.likeNamed,
            named: named + other.named, features: features + other.features, decade: decade + other.decade,
            popularity: popularity + other.popularity, isLiftedBySound: isLiftedBySound)
    }
}

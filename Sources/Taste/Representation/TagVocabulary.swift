/// Every tag of the catalog under a number, and what each is made of.
struct TagVocabulary: Sendable {
    /// A catalog with more tags than this does not use them as tags; further ones are left out.
    static let largest = 50_000

    let genres: GenreTree
    private(set) var names: [String] = []
    private var numbers: [String: Int32] = [:]
    /// Numbers of tags as they were written, -1 for meaningless ones; normalising each of a million would take longer.
    private var written: [String: Int32] = [:]
    private var featureNumbers: [String: Int32] = [:]
    /// What each tag is made of: itself, its words, the genre inside it and that one's ancestors.
    private(set) var features: [[WeightedTag]] = []

    init(genres: GenreTree = .standard) { self.genres = genres }

    /// How many features there are.
    var featureCount: Int { featureNumbers.count }

    /// The number of a tag that is known.
    func number(of tag: String) -> Int32? { numbers[tag] }

    /// The number of a feature that some tag has.
    func featureNumber(named name: String) -> Int32? { featureNumbers[name] }

    /// Whether a tag says that somebody speaks.
    func isSpoken(_ tag: Int32) -> Bool { Tag.spoken.contains(names[Int(tag)]) }

    /// Whether the words of a kind are among those of a tag.
    func hasWords(of kind: String, _ tag: Int) -> Bool {
        let words = names[tag].split(separator: " ")
        return kind.split(separator: " ").allSatisfy(words.contains)
    }

    /// The number of a tag as written; nil for one that says nothing.
    mutating func intern(_ text: String) -> Int32? {
        if let known = written[text] { return known < 0 ? nil : known }
        let number = Tag.meaningful(text).flatMap { internNormalized($0) }
        if written.count < Self.largest { written[text] = number ?? -1 }
        return number
    }

    private mutating func internNormalized(_ written: String) -> Int32? {
        let tag = genres.canonicalNames[written] ?? written
        if let number = numbers[tag] { return number }
        guard names.count < Self.largest else { return nil }
        let number = Int32(names.count)
        numbers[tag] = number
        names.append(tag)
        features.append(makeFeatures(of: tag))
        return number
    }

    /// Shares by which near tags meet: the whole tag 1, a word of it .5, the genre inside .7, its ancestors .5, .35, .25 and so on.
    private mutating func makeFeatures(of tag: String) -> [WeightedTag] {
        var shares: [(String, Float)] = [(tag, 1)]
        let words = tag.split(separator: " ")
        if words.count > 1 { shares += words.map { (String($0), 0.5) } }
        if let genre = genres.genre(in: tag) {
            shares.append((genre, 0.7))
            var share: Float = 0.5
            for level in genres.ancestors(of: genre) {
                shares += level.map { ($0, share) }
                share *= 0.7
            }
        }
        var strongest: [String: Float] = [:]
        for (name, share) in shares { strongest[name] = max(strongest[name] ?? 0, share) }
        return strongest.sorted { $0.key < $1.key }.map {
            WeightedTag(tag: featureNumber(of: $0.key), weight: $0.value)
        }
    }

    private mutating func featureNumber(of name: String) -> Int32 {
        if let number = featureNumbers[name] { return number }
        let number = Int32(featureNumbers.count)
        featureNumbers[name] = number
        return number
    }
}

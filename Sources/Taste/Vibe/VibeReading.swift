/// What has been understood of a text so far, and which of its words have been used.
struct VibeReading {
    private(set) var vibe: Vibe
    let words: [VibeWord]
    /// Which words are not wanted.
    var isDenied: [Bool]
    /// Kinds of music that stand in the text themselves.
    private var exactTags: Set<String> = []
    /// Which words meant something.
    private var isUsed: [Bool]
    /// Which words are part of a name or a fixed phrase, and mean nothing else.
    private var isBlocked: [Bool]

    init(text: String, words: [VibeWord]) {
        vibe = Vibe(text: text)
        self.words = words
        isDenied = words.map { _ in false }
        isUsed = isDenied
        isBlocked = isDenied
    }

    func isTaken(_ position: Int) -> Bool { isUsed[position] }

    func isNamed(_ range: Range<Int>) -> Bool { isBlocked[range].contains(true) }

    mutating func take(_ range: Range<Int>) { for position in range { isUsed[position] = true } }

    mutating func block(_ range: Range<Int>) { for position in range { isBlocked[position] = true } }

    /// The words of a range, parted by spaces.
    func text(of range: Range<Int>) -> String { words[range].map(\.text).joined(separator: " ") }

    /// What the most words from a position on mean, and how many they are.
    func longest<Meaning>(at position: Int, words limit: Int, find: (Range<Int>) -> Meaning?) -> (Meaning, Int)? {
        for length in stride(from: min(limit, words.count - position), to: 0, by: -1) {
            if let meaning = find(position..<position + length) { return (meaning, length) }
        }
        return nil
    }

    mutating func add(artist name: String, isDenied: Bool) {
        if isDenied {
            if !vibe.unwantedArtists.contains(name) { vibe.unwantedArtists.append(name) }
        } else if !vibe.artists.contains(name) {
            vibe.artists.append(name)
        }
    }

    mutating func add(tag: String, weight: Double, isDenied: Bool) {
        if isDenied {
            vibe.unwantedTags[tag] = max(vibe.unwantedTags[tag] ?? 0, weight)
        } else {
            vibe.tags[tag] = max(vibe.tags[tag] ?? 0, weight)
        }
    }

    /// Adds a tag of the text; an exact one says what kind of music, not how it should feel.
    mutating func add(tag: String, isExact: Bool, isDenied: Bool) {
        if isExact, !isDenied { exactTags.insert(tag) }
        add(tag: tag, weight: 1, isDenied: isDenied)
    }

    mutating func add(decade: Int) {
        if !vibe.decades.contains(decade) { vibe.decades.append(decade) }
    }

    mutating func add(_ concept: VibeConcept, isDenied: Bool) {
        for (tag, weight) in concept.tags { add(tag: tag, weight: weight, isDenied: isDenied) }
        for (feature, direction) in concept.features {
            vibe.features[feature, default: 0] += isDenied ? -direction : direction
        }
        if !isDenied, !vibe.concepts.contains(concept.name) { vibe.concepts.append(concept.name) }
    }

    /// Kinds of music that stand in the text say more than those that a situation suggests.
    mutating func balance() {
        guard !exactTags.isEmpty else { return }
        for tag in vibe.tags.keys where !exactTags.contains(tag) {
            vibe.tags[tag, default: 0] *= Self.suggestedShare
        }
    }

    /// What a suggested tag counts beside an exact one.
    private static let suggestedShare = 0.15

    mutating func noteUnknown(_ common: CommonWords) {
        for (position, word) in words.enumerated()
        where !isUsed[position] && !common.isCommon(word.text) && !vibe.unknown.contains(word.text) {
            vibe.unknown.append(word.text)
        }
    }
}

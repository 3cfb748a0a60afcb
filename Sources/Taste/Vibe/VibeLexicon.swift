/// A situation, mood or wish that people name, and what it means in tags and sound.
struct VibeConcept: Sendable {
    /// What it is called in a summary.
    var name: String
    /// Whether its words count as they stand: "no vocals" is a wish of its own, not vocals denied.
    var isAbsolute: Bool
    /// Whether it is how music feels, not where it is heard.
    var isMood: Bool
    /// Tags that fit, with weights.
    var tags: [String: Double]
    /// Directions of audio features.
    var features: [String: Double]

    /// What it is called where words are compared with sound: its name, but no denial, which would be heard as what it
    /// denies.
    var soundWords: String {
        guard isAbsolute else { return name }
        return tags.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key ?? name
    }
}

/// The words of situations, moods and wishes in six languages.
public struct VibeLexicon: Sendable {
    /// The lexicon that is shipped.
    public static let standard = VibeLexicon(rows: ResourceFile.rows(of: "concepts.tsv"))
    /// Where the phrases begin in a row, one column a language.
    private static let firstLanguage = 3

    private struct Phrase: Sendable {
        var words: [String]
        var isPrefix: Bool
        var concept: Int
    }

    private(set) var concepts: [VibeConcept] = []
    /// Phrases by their first word, the longest first.
    private var phrases: [String: [Phrase]] = [:]
    /// Phrases of one word of which only the beginning is given.
    private var prefixes: [Phrase] = []

    /// Reads rows of concept, tags, features and phrases in each language.
    init(rows: [[String]]) {
        for row in rows where row.count > Self.firstLanguage {
            let isAbsolute = row[0].hasPrefix("!")
            for phrase in row[Self.firstLanguage...].flatMap({ $0.split(separator: "|") }) {
                add(String(phrase), concept: concepts.count)
            }
            let marks = row[0].prefix { "!~".contains($0) }
            concepts.append(
                VibeConcept(
                    name: String(row[0].dropFirst(marks.count)), isAbsolute: isAbsolute,
                    isMood: marks.contains("~"), tags: Self.weights(row[1]), features: Self.weights(row[2])))
        }
        for first in phrases.keys { phrases[first]?.sort { $0.words.count > $1.words.count } }
    }

    /// The concept whose longest phrase begins at a position, and how many words it takes.
    func match(_ words: ArraySlice<VibeWord>) -> (concept: Int, length: Int)? {
        guard let first = words.first else { return nil }
        for phrase in phrases[first.text] ?? [] where matches(phrase, words) {
            return (phrase.concept, phrase.words.count)
        }
        return prefixes.first { first.text.hasPrefix($0.words[0]) }.map { ($0.concept, 1) }
    }

    /// Whether a text as a whole is a phrase.
    func isPhrase(_ text: String) -> Bool {
        let words = text.split(separator: " ").map { VibeWord(text: String($0)) }
        return match(words[...]).map { $0.length == words.count } ?? false
    }

    private func matches(_ phrase: Phrase, _ words: ArraySlice<VibeWord>) -> Bool {
        guard words.count >= phrase.words.count else { return false }
        for (offset, word) in phrase.words.enumerated() {
            let text = words[words.startIndex + offset].text
            let isLast = offset == phrase.words.count - 1
            guard text == word || isLast && phrase.isPrefix && text.hasPrefix(word) else { return false }
        }
        return true
    }

    private mutating func add(_ text: String, concept: Int) {
        let words = FoldedText(text).words
        // Without accents "thé" is the commonest word of English.
        guard let first = words.first, !words.allSatisfy(CommonWords.standard.empty.contains) else { return }
        let phrase = Phrase(words: words, isPrefix: text.hasSuffix("*"), concept: concept)
        if phrase.isPrefix, words.count == 1 {
            prefixes.append(phrase)
        } else {
            phrases[first, default: []].append(phrase)
        }
    }

    /// Reads `energy:-1|tempo:.5`.
    private static func weights(_ text: String) -> [String: Double] {
        var weights: [String: Double] = [:]
        for entry in text.split(separator: "|") {
            let parts = entry.split(separator: ":")
            guard let name = parts.first else { continue }
            weights[Tag.normalized(String(name))] = parts.count > 1 ? Double(parts[1]) ?? 1 : 1
        }
        return weights
    }
}

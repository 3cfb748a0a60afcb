import Foundation

/// A word of a text, folded, with what its spelling says.
struct VibeWord: Equatable, Sendable {
    /// Lower case, without accents.
    var text: String
    /// Whether it was written with a capital where none is due.
    var isName = false
    /// Whether it was written with a capital, be it that a sentence begins.
    var isCapitalized = false
    /// Whether a comma, full stop or the like follows.
    var endsClause = false
    /// As it was written.
    var written = ""

    /// The words of a text.
    static func words(in text: String) -> [VibeWord] {
        var words: [VibeWord] = []
        var beginsSentence = true
        for chunk in text.split(whereSeparator: \.isWhitespace) {
            let folded = FoldedText(String(chunk)).words
            let isCapitalized = chunk.first { $0.isLetter }?.isUppercase ?? false
            let written = folded.count == 1 ? String(chunk).trimmingCharacters(in: .punctuationCharacters) : nil
            words += folded.map {
                VibeWord(
                    text: $0, isName: isCapitalized && !beginsSentence, isCapitalized: isCapitalized, endsClause: false,
                    written: written ?? $0)
            }
            if let end = chunk.last(where: { !quotes.contains($0) }), clauseEnds.contains(end) {
                if !words.isEmpty { words[words.count - 1].endsClause = true }
                beginsSentence = sentenceEnds.contains(end)
            } else if !folded.isEmpty {
                beginsSentence = false
            }
        }
        return words
    }

    private static let quotes: Set<Character> = ["\"", "'", "”", "’", "»", ")"]
    private static let sentenceEnds: Set<Character> = [".", "!", "?", "…"]
    private static let clauseEnds: Set<Character> = sentenceEnds.union([",", ";", ":"])
}

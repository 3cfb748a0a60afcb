/// What is said about a recording in brackets or after a dash, in folded words.
enum Remark {
    /// Words that a guest follows, with the space after them.
    static let guestWords = ["feat ", "ft ", "featuring "].map { Array($0.utf8) }

    private static let openingsOfGuests: Set<String> = ["feat", "ft", "featuring", "with"]
    /// Words of which one makes it a remark on the same recording.
    private static let marking: Set<String> = [
        "remaster", "remastered", "remasterizado", "remasterise", "mono", "stereo", "explicit", "bonus", "deluxe",
        "anniversary", "album", "single", "original",
    ]
    /// The others must all be of these, or years.
    private static let accompanying: Set<String> = [
        "version", "edition", "track", "digital", "digitally", "recording", "mix", "re", "new", "the", "lp", "2",
    ]
    private static let editions: Set<String> = marking.union([
        "version", "edit", "mix", "remix", "live", "demo", "acoustic", "radio", "session", "instrumental", "reprise",
        "take",
        "unplugged", "extended", "from", "rework", "dub", "edition",
    ])

    static func isGuest(_ words: String) -> Bool {
        words.split(separator: " ").first.map { openingsOfGuests.contains(String($0)) } ?? false
    }

    static func isOnSameRecording(_ words: String) -> Bool {
        var isMarked = false
        for word in words.split(separator: " ").map(String.init) {
            if marking.contains(word) {
                isMarked = true
            } else if !accompanying.contains(word), !isOrdinalOrYear(word) {
                return false
            }
        }
        return isMarked
    }

    static func isEdition(_ words: String) -> Bool {
        words.split(separator: " ").contains { editions.contains(String($0)) }
    }

    /// 2011, or 25th as in "25th anniversary".
    private static func isOrdinalOrYear(_ word: String) -> Bool {
        let digits = word.prefix { $0.isNumber }
        return digits.count == 4 && digits.count == word.count || (1...3).contains(digits.count) && word.hasSuffix("th")
    }
}

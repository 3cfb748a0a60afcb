/// Genres as people write them into one text.
public enum GenreText {
    /// What never stands inside the name of a genre.
    private static let separators = [UInt8]("|;\u{0}\u{1F}\n".utf8)
    /// What stands between two genres or inside the name of one.
    private static let joiners = [UInt8](",/\\".utf8)

    /// The genres of a text. At a comma or slash it is split only where each piece is a kind that is known and the whole is
    /// not: "Rock/Pop" is two genres, "Singer/Songwriter" one.
    public static func genres(in text: String) -> [String] {
        var seen: Set<String> = []
        return pieces(of: text[...], at: separators).flatMap { split(trimmed($0)) }
            .filter { !$0.isEmpty && seen.insert($0).inserted }
    }

    /// Whether a genre says that its tracks are told rather than sung or played: audiobooks, audio plays and podcasts.
    public static func isTold(_ genre: String) -> Bool { Tag.isTold(genre) }

    /// Whether a genre is a known kind of music, or a variety of one.
    public static func isMusic(_ genre: String) -> Bool {
        let tag = Tag.normalized(genre)
        return !Tag.spoken.contains(tag) && GenreTree.standard.genre(in: tag) != nil
    }

    private static func split(_ text: Substring) -> [String] {
        guard text.utf8.contains(where: joiners.contains), !isKnown(text, wholly: true) else { return [String(text)] }
        // "Folk, World, & Country" has a sign too many.
        let pieces = pieces(of: text, at: joiners).map(trimmed)
            .map { $0.hasPrefix("& ") ? trimmed($0.dropFirst(2)) : $0 }
        return pieces.count > 1 && pieces.allSatisfy { isKnown($0, wholly: false) }
            ? pieces.map(String.init) : [String(text)]
    }

    /// All signs are ASCII, and a catalog has hundreds of thousands of such texts, so they are looked for byte by byte.
    private static func pieces(of text: Substring, at signs: [UInt8]) -> [Substring] {
        text.utf8.split(whereSeparator: signs.contains).map { Substring($0) }
    }

    private static func isKnown(_ text: Substring, wholly: Bool) -> Bool {
        let tag = Tag.normalized(String(text))
        if GenreTree.standard.canonicalNames[tag] != nil || Tag.spoken.contains(tag) { return true }
        return !wholly && GenreTree.standard.genre(in: tag) != nil
    }

    private static func trimmed(_ text: Substring) -> Substring {
        let start = text.drop(while: \.isWhitespace)
        return start.lastIndex { !$0.isWhitespace }.map { start[...$0] } ?? start[start.endIndex...]
    }
}

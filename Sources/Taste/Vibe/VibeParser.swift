/// Reads what a text asks for: names of artists, tags, situations and moods, decades, and what is not wanted.
public struct VibeParser: Sendable {
    private let index: MusicIndex

    /// Prepares to read with the names and tags of a catalog.
    public init(index: MusicIndex) { self.index = index }

    /// Reads a text.
    public func parse(_ text: String) -> Vibe {
        var vibe = Vibe(text: text)
        for word in text.split(whereSeparator: \.isWhitespace) {
            let tag = Tag.normalized(String(word))
            if index.tags.number(of: tag) != nil { vibe.tags[tag] = 1 } else { vibe.unknown.append(tag) }
        }
        return vibe
    }
}

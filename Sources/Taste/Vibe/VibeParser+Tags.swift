extension VibeParser {
    static let longestTag = 4

    /// Tags of the catalog and genres by any of their names, the longest first.
    func readTags(_ reading: inout VibeReading) {
        var position = 0
        while position < reading.words.count {
            guard let (tag, length) = reading.longest(at: position, words: Self.longestTag, find: { tag($0, reading) })
            else {
                position += 1
                continue
            }
            let range = position..<position + length
            let isMood = lexicon.isPhrase(reading.text(of: range))
            let isDenied = reading.isDenied[position]
            reading.add(tag: tag, isExact: !isMood, from: range, isDenied: isDenied)
            if !isDenied, isKind(tag, isMood: isMood, at: range, reading) { reading.add(kind: tag, at: range) }
            if !isDenied, !isMood, !reading.isDecade[range].contains(true), let genre = index.tags.genres.genre(in: tag)
            {
                reading.add(genreWords: genre)
            }
            reading.take(range)
            position += length
        }
    }

    private func tag(_ range: Range<Int>, _ reading: VibeReading) -> String? {
        guard !reading.isNamed(range) else { return nil }
        let text = reading.text(of: range)
        let isEmpty = reading.words[range].allSatisfy { common.empty.contains($0.text) }
        guard !isEmpty || range.count > 1 && index.tags.genres.canonicalNames[text] != nil else { return nil }
        return [text, Self.singular(text)].lazy.compactMap { $0.flatMap(known) }.first
    }

    /// The tag under the name the catalog uses most; a genre that the catalog lacks stands for what it is a kind of.
    private func known(_ text: String) -> String? {
        if let genre = index.tags.genres.canonicalNames[text] { return genre }
        guard let tag = index.tags.number(of: text), index.statistics.artistCount(ofTag: tag) > 1 else { return nil }
        return text
    }

    /// Whether a tag says what kind of music is wanted, so that what carries it comes first.
    ///
    /// Listeners use any word as a tag. One is a kind where it is a genre or has a genre inside it, or where nothing else
    /// is asked for; a mood ("chill") only where it is all that is written, or a genre too ("indie music").
    private func isKind(_ tag: String, isMood: Bool, at range: Range<Int>, _ reading: VibeReading) -> Bool {
        let genres = index.tags.genres
        let isGenre = genres.canonicalNames[tag] != nil
        if isMood { return range.count == reading.words.count || isGenre && isAllThereIs(range, reading) }
        return isGenre || genres.genre(in: tag) != nil || isAllThereIs(range, reading)
    }

    /// Whether all other words say nothing, or what is not wanted.
    private func isAllThereIs(_ range: Range<Int>, _ reading: VibeReading) -> Bool {
        reading.words.indices.allSatisfy { position in
            let word = reading.words[position].text
            return range.contains(position) || reading.isDenied[position] || reading.isDenial[position]
                || common.empty.contains(word) || common.turns.contains(word) || common.limits.contains(word)
                || reading.isDecade[position] || reading.isBlocked(position)
        }
    }

    private static func singular(_ text: String) -> String? {
        text.count > 3 && text.hasSuffix("s") ? String(text.dropLast()) : nil
    }
}

extension VibeParser {
    private static let longestTag = 4

    /// Tags of the catalog and genres by any of their names, the longest first.
    func readTags(_ reading: inout VibeReading) {
        var position = 0
        while position < reading.words.count {
            guard let (tag, length) = reading.longest(at: position, words: Self.longestTag, find: { tag($0, reading) })
            else {
                position += 1
                continue
            }
            let isMood = lexicon.isPhrase(reading.text(of: position..<position + length))
            reading.add(
                tag: tag, isExact: !isMood, from: position..<position + length, isDenied: reading.isDenied[position])
            reading.take(position..<position + length)
            position += length
        }
    }

    private func tag(_ range: Range<Int>, _ reading: VibeReading) -> String? {
        guard !reading.isNamed(range), !reading.words[range].allSatisfy({ common.empty.contains($0.text) }) else {
            return nil
        }
        let text = reading.text(of: range)
        return [text, Self.singular(text)].lazy.compactMap { $0.flatMap(known) }.first
    }

    /// The tag under the name the catalog uses most; a genre that the catalog lacks stands for what it is a kind of.
    private func known(_ text: String) -> String? {
        if let genre = index.tags.genres.canonicalNames[text] { return genre }
        guard let tag = index.tags.number(of: text), index.statistics.artistCount(ofTag: tag) > 1 else { return nil }
        return text
    }

    private static func singular(_ text: String) -> String? {
        text.count > 3 && text.hasSuffix("s") ? String(text.dropLast()) : nil
    }
}

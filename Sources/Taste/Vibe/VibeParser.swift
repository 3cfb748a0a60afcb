/// Reads what a text asks for: names of artists, tags, situations and moods, decades, and what is not wanted.
///
/// No model: names and tags are those of the catalog, the rest is the lexicon's.
public struct VibeParser: Sendable {
    let index: CatalogIndex
    let lexicon: VibeLexicon
    let common: CommonWords

    /// Prepares to read with the names and tags of a catalog.
    public init(index: CatalogIndex, lexicon: VibeLexicon = .standard) {
        self.init(index: index, lexicon: lexicon, common: .standard)
    }

    init(index: CatalogIndex, lexicon: VibeLexicon, common: CommonWords) {
        self.index = index
        self.lexicon = lexicon
        self.common = common
    }

    /// Reads a text.
    public func parse(_ text: String) -> Vibe {
        var reading = VibeReading(text: text, words: VibeWord.words(in: text))
        readConcepts(&reading, absolute: true)
        markDenied(&reading)
        readTracks(&reading)
        readNames(&reading)
        readNamedTitles(&reading)
        readPlaying(&reading)
        readLength(&reading)
        readDecades(&reading)
        readConcepts(&reading, absolute: false)
        readTags(&reading)
        readOtherTitles(&reading)
        readMisspelled(&reading)
        if reading.words.contains(where: { common.limits.contains($0.text) }) { reading.setExclusive() }
        reading.balance()
        reading.noteUnknownDenials()
        reading.noteUnknown(common)
        var vibe = reading.vibe
        index.nameArtists(&vibe)
        return vibe
    }

    /// Marks what follows a denial, up to the end of the clause, a turn, or a few words.
    private func markDenied(_ reading: inout VibeReading) {
        var left = 0
        for position in reading.words.indices {
            let word = reading.words[position].text
            if denies(position, reading), !reading.isTaken(position) {
                left = Self.deniedWords
                reading.isDenial[position] = true
                reading.take(position..<position + 1)
            } else if common.turns.contains(word) {
                left = 0
            } else if left > 0 {
                reading.isDenied[position] = true
                left -= 1
            }
            // "No rap, metal" denies both, as far as anybody can tell; a full clause later it does not.
            if reading.words[position].endsClause { left = 0 }
        }
    }

    private static let deniedWords = 6
    /// Words after which a turn denies: "anything but metal".
    private static let wholes: Set<String> = ["anything", "everything", "all", "whatever"]

    private func denies(_ position: Int, _ reading: VibeReading) -> Bool {
        let word = reading.words[position].text
        if common.denials.contains(word) { return true }
        return common.turns.contains(word) && position > 0 && Self.wholes.contains(reading.words[position - 1].text)
    }

    private func readConcepts(_ reading: inout VibeReading, absolute: Bool) {
        var position = 0
        while position < reading.words.count {
            guard let (number, length) = lexicon.match(reading.words[position...]),
                lexicon.concepts[number].isAbsolute == absolute,
                absolute || !reading.isNamed(position..<position + length),
                absolute || length > 1 || !reading.isDenied[position] || !isInsideKind(position, reading)
            else {
                position += 1
                continue
            }
            reading.add(
                lexicon.concepts[number], from: position..<position + length,
                isDenied: !absolute && reading.isDenied[position])
            reading.take(position..<position + length)
            // The party in "dinner party" is no party, and the drive in "night drive" no tag.
            if absolute || length > 1 { reading.block(position..<position + length) }
            position += length
        }
    }

    /// Whether a word is part of a longer name of a genre: "no synth pop" denies no synthesizers.
    private func isInsideKind(_ position: Int, _ reading: VibeReading) -> Bool {
        let starts = max(0, position - Self.longestTag + 1)...position
        return starts.contains { start in
            (2...Self.longestTag).contains { length in
                start + length > position && start + length <= reading.words.count
                    && index.tags.genres.canonicalNames[reading.text(of: start..<start + length)] != nil
            }
        }
    }
}

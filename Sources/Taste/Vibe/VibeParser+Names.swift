extension VibeParser {
    private static let longestName = 12
    /// Tracks that an artist must have here for one word to be taken as the name, when it is written like a name.
    private static let leastTracks = 2
    /// The same where the words may well mean something else.
    private static let leastTracksOfOrdinary = 8
    /// The same when one word stands in a text and is not written like a name.
    private static let leastTracksUncapitalized = 12
    /// A tag that so many artists have is a tag, not somebody's name.
    private static let leastArtistsOfTag: Int32 = 40

    /// How strongly the place of some words speaks for their being a name.
    private enum Place: Equatable {
        /// They are the whole wish, empty words left out.
        case whole
        /// They follow "by", "play", "von" …, or a name and "and", up to the end of what is said.
        case cued
        /// Anywhere else.
        case open
    }

    /// Names of artists: one that is the whole wish, else the longest first.
    func readNames(_ reading: inout VibeReading) {
        if let (name, range) = wholeName(reading, find: { name($0, .whole, reading) }) {
            return take(name, range, &reading)
        }
        var position = 0
        var lastName = -1
        while position < reading.words.count {
            let isListed = lastName >= 0 && continuesList(from: lastName, to: position, reading)
            let isCued = isListed || position > 0 && common.cues.contains(reading.words[position - 1].text)
            let found = reading.longest(at: position, words: Self.longestName) { range in
                name(range, isCued && endsThere(range, reading) ? .cued : .open, reading)
            }
            guard let (name, length) = found else {
                position += 1
                continue
            }
            take(name, position..<position + length, &reading)
            position += length
            lastName = position
        }
    }

    func take(_ name: String, _ range: Range<Int>, _ reading: inout VibeReading) {
        if asksForLikeness(before: range.lowerBound, reading) { reading.setAlike() }
        reading.add(artist: name, isDenied: reading.isDenied[range.lowerBound])
        reading.take(range)
        reading.block(range)
    }

    /// Whether one of the last words before a name says "like", "ähnlich wie", "in the style of".
    private func asksForLikeness(before position: Int, _ reading: VibeReading) -> Bool {
        reading.words[max(0, position - Self.likenessReach)..<position].contains { common.likenesses.contains($0.text) }
    }

    private static let likenessReach = 2

    /// What is left of a wish when words that say nothing are taken from both ends, the longest rest first.
    func wholeName(
        _ reading: VibeReading, find: (Range<Int>) -> String?
    ) -> (name: String, range: Range<Int>)? {
        let words = reading.words
        let isEmpty = words.map { common.empty.contains($0.text) || common.cues.contains($0.text) }
        let first = isEmpty.firstIndex(of: false) ?? max(0, words.count - 1)
        let last = isEmpty.lastIndex(of: false) ?? 0
        guard !words.isEmpty, words.count <= Self.longestName * 2, !reading.isDenied.contains(true) else { return nil }
        for start in 0...first {
            for end in stride(from: words.count, through: max(last, start) + 1, by: -1) {
                if let name = find(start..<end) { return (name, start..<end) }
            }
        }
        return nil
    }

    private func name(_ range: Range<Int>, _ place: Place, _ reading: VibeReading) -> String? {
        guard !reading.isNamed(range) else { return nil }
        let text = reading.text(of: range)
        guard let row = index.artistRows[TrackIdentity.artistKey(of: text)] else { return nil }
        let artist = index.artists[Int(row)]
        let words = reading.words[range]
        if words.dropLast().contains(where: \.endsClause), !artist.hasInnerMark { return nil }
        return artist.tracks.count >= leastTracks(of: text, words, place) ? artist.name : nil
    }

    /// How many tracks an artist must have here for words to be taken as the name.
    private func leastTracks(of text: String, _ words: ArraySlice<VibeWord>, _ place: Place) -> Int {
        let isGenre = index.tags.genres.canonicalNames[text] != nil
        let isCommon = words.allSatisfy { common.isCommon($0.text) }
        let isEmpty = words.allSatisfy { common.empty.contains($0.text) }
        let isWritten = words.contains(where: \.isName)
        let isMeant = place == .cued && isWritten
        if isGenre { return isMeant ? Self.leastTracksUncapitalized : .max }
        if isMeaningful(text) { return place == .open ? .max : Self.leastTracksOfOrdinary }
        switch place {
        case .whole: return isEmpty && !isWritten ? Self.leastTracksOfOrdinary : 1
        case .cued:
            return isEmpty && !isWritten
                ? Self.leastTracksUncapitalized : isCommon && !isWritten ? Self.leastTracksOfOrdinary : Self.leastTracks
        case .open:
            if words.count > 1 {
                return !isCommon ? 1 : words.allSatisfy(\.isCapitalized) && isWritten ? Self.leastTracks : .max
            }
            return isCommon ? .max : isWritten ? Self.leastTracks : Self.leastTracksUncapitalized
        }
    }

    /// Whether words mean a mood, a situation or a tag of many artists.
    private func isMeaningful(_ text: String) -> Bool {
        if lexicon.isPhrase(text) { return true }
        guard let tag = index.tags.number(of: text) else { return false }
        return index.statistics.artistCount(ofTag: tag) >= Self.leastArtistsOfTag
    }

    /// Whether what is said ends after some words, or goes on with another name or a turn.
    private func endsThere(_ range: Range<Int>, _ reading: VibeReading) -> Bool {
        guard range.upperBound < reading.words.count, !reading.words[range.upperBound - 1].endsClause else {
            return true
        }
        let next = reading.words[range.upperBound].text
        return common.joints.contains(next) || common.turns.contains(next) || common.denials.contains(next)
    }

    private func continuesList(from last: Int, to position: Int, _ reading: VibeReading) -> Bool {
        let between = reading.words[last..<position]
        guard between.allSatisfy({ common.joints.contains($0.text) }) else { return false }
        return !between.isEmpty || reading.words[position - 1].endsClause
    }
}

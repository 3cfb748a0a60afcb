extension VibeParser {
    private static let longestName = 5
    /// Tracks that an artist must have here for one word to be taken as the name, when it is written like a name.
    private static let leastTracks = 2
    /// The same when it is not.
    private static let leastTracksUncapitalized = 12
    /// A tag that so many artists have is a tag, not somebody's name.
    private static let leastArtistsOfTag: Int32 = 40

    /// Names of artists, the longest first.
    func readNames(_ reading: inout VibeReading) {
        var position = 0
        while position < reading.words.count {
            guard
                let (name, length) = reading.longest(at: position, words: Self.longestName, find: { name($0, reading) })
            else {
                position += 1
                continue
            }
            reading.add(artist: name, isDenied: reading.isDenied[position])
            reading.take(position..<position + length)
            reading.block(position..<position + length)
            position += length
        }
    }

    private func name(_ range: Range<Int>, _ reading: VibeReading) -> String? {
        guard !reading.isNamed(range), !reading.words[range].dropLast().contains(where: \.endsClause) else {
            return nil
        }
        let text = reading.text(of: range)
        guard let row = index.artistRows[TrackIdentity.artistKey(of: text)] else { return nil }
        if reading.words[range].allSatisfy({ common.isCommon($0.text) }) || isTag(text) { return nil }
        let artist = index.artists[Int(row)]
        if range.count == 1 {
            let isName = reading.words[range.lowerBound].isName
            let least = isName ? Self.leastTracks : Self.leastTracksUncapitalized
            guard artist.tracks.count >= least else { return nil }
        }
        return artist.name
    }

    private func isTag(_ text: String) -> Bool {
        if index.tags.genres.canonicalNames[text] != nil || lexicon.isPhrase(text) { return true }
        guard let tag = index.tags.number(of: text) else { return false }
        return index.statistics.artistCount(ofTag: tag) >= Self.leastArtistsOfTag
    }
}

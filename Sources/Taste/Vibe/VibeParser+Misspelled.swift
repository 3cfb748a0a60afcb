// Names with one slip of the pen.
extension VibeParser {
    /// Shorter names are too near to too many others.
    private static let leastLetters = 5
    private static let longestMisspelled = 4
    private static let leastTracksOfMisspelled = 4

    /// Looks for a name that is one letter away where nothing else was understood.
    func readMisspelled(_ reading: inout VibeReading) {
        if let (name, range) = wholeName(
            reading,
            find: { range in
                range.contains(where: { !reading.isTaken($0) && !common.isCommon(reading.words[$0].text) })
                    ? misspelled(range, reading, least: 1) : nil
            })
        {
            return take(name, range, &reading)
        }
        for position in reading.words.indices where isUnknown(position, reading) {
            let found = reading.longest(at: position, words: Self.longestMisspelled) { range in
                misspelled(range, reading, least: Self.leastTracksOfMisspelled)
            }
            if let (name, length) = found { take(name, position..<position + length, &reading) }
        }
    }

    private func isUnknown(_ position: Int, _ reading: VibeReading) -> Bool {
        !reading.isTaken(position) && !common.isCommon(reading.words[position].text)
    }

    private func misspelled(_ range: Range<Int>, _ reading: VibeReading, least: Int) -> String? {
        guard !reading.isNamed(range), range.count <= Self.longestMisspelled,
            isUnknown(range.lowerBound, reading) || isUnknown(range.upperBound - 1, reading)
        else { return nil }
        let key = TrackIdentity.artistKey(of: reading.text(of: range))
        guard key.utf8.count >= Self.leastLetters else { return nil }
        return index.artist(oneSlipFrom: key).flatMap { $0.tracks.count >= least ? $0.name : nil }
    }
}

extension CatalogIndex {
    /// Of the artists whose key is one insertion, deletion, substitution or swap away, the one with most tracks.
    func artist(oneSlipFrom key: String) -> IndexedArtist? {
        let wanted = Array(key.utf8)
        let lengths = wanted.count - 1...wanted.count + 1
        var best: IndexedArtist?
        for artist in artists where lengths.contains(artist.key.utf8.count) {
            guard artist.tracks.count > best?.tracks.count ?? 0 else { continue }
            if Self.isOneSlip(wanted, Array(artist.key.utf8)) { best = artist }
        }
        return best
    }

    private static func isOneSlip(_ a: [UInt8], _ b: [UInt8]) -> Bool {
        let (short, long) = a.count <= b.count ? (a, b) : (b, a)
        guard let first = short.indices.first(where: { short[$0] != long[$0] }) else {
            return short.count != long.count
        }
        if short.count < long.count { return short[first...].elementsEqual(long[(first + 1)...]) }
        if short[(first + 1)...].elementsEqual(long[(first + 1)...]) { return true }
        return first + 1 < short.count && short[first] == long[first + 1] && short[first + 1] == long[first]
            && short[(first + 2)...].elementsEqual(long[(first + 2)...])
    }
}

// Titles that a wish denies: "no Yesterday", "not that song Yesterday".
extension VibeParser {
    /// Words for one track, which its title follows: "no songs about love" names none.
    static let announcers: Set<String> = [
        "song", "track", "tune", "lied", "titel", "stuck", "cancion", "tema", "chanson", "morceau", "titre", "canzone",
        "brano", "nummer", "liedje",
    ]

    /// Reads the titles that stand out before their words mean anything else: after a word for a track, or of several words
    /// with a capital.
    func readNamedTitles(_ reading: inout VibeReading) {
        readDeniedTitles(&reading) { title, isAnnounced, reading in
            isAnnounced || title.count > 1 && reading.words[title].contains(where: \.isName)
        }
    }

    /// Reads the titles whose words mean nothing else, and are more than "that one".
    func readOtherTitles(_ reading: inout VibeReading) {
        readDeniedTitles(&reading) { title, _, reading in
            !title.contains(where: reading.isTaken)
                && reading.words[title].contains { $0.isName || !common.empty.contains($0.text) }
        }
    }

    private func readDeniedTitles(
        _ reading: inout VibeReading, where isTitle: (Range<Int>, _ isAnnounced: Bool, VibeReading) -> Bool
    ) {
        var start = 0
        while start < reading.words.count {
            let clause = start..<(reading.isDenied[start...].firstIndex(of: false) ?? reading.words.count)
            let word = clause.first { Self.announcers.contains(reading.words[$0].text) }
            let rest = (word.map { $0 + 1 } ?? clause.lowerBound)..<clause.upperBound
            if let title = title(in: rest, reading), isTitle(title, word != nil, reading), !reading.isNamed(title) {
                reading.add(deniedTitle: reading.written(title))
                reading.take(title)
                reading.block(title)
            }
            start = clause.upperBound + 1
        }
    }

    /// The longest part of a range that is the title of a track here; words around it must say nothing.
    private func title(in range: Range<Int>, _ reading: VibeReading) -> Range<Int>? {
        func saysNothing(_ position: Int) -> Bool {
            let word = reading.words[position].text
            return common.empty.contains(word) || common.cues.contains(word)
        }
        for start in range {
            for end in stride(from: range.upperBound, to: start, by: -1) {
                if index.hasTrack(titled: reading.text(of: start..<end)) { return start..<end }
                guard saysNothing(end - 1) else { break }
            }
            guard saysNothing(start) else { return nil }
        }
        return nil
    }
}

extension CatalogIndex {
    /// Whether any track has a title, whatever the edition.
    func hasTrack(titled title: String) -> Bool {
        let key = TrackIdentity.editionKey(of: title).fingerprint
        return tracks.contains { $0.edition == key }
    }
}

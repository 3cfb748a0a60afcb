// Tracks that a wish names: "songs like Teardrop by Massive Attack", "more like this".
extension VibeParser {
    private static let longestTitle = 10
    /// How many words that say nothing may stand between "like" and a title, or "like" and "this".
    private static let reach = 4

    /// A title where it may stand, and what speaks for it.
    private struct Place {
        var range: Range<Int>
        /// The edition of its title, as the index has it.
        var edition: UInt64
        /// Artists that are named beside it, and the words that name them; empty where none is.
        var artists: [(row: Int32, range: Range<Int>)]
        var isAlike: Bool
    }

    /// Reads titles of tracks: after words that ask for what is like them, or with their artist.
    func readTracks(_ reading: inout VibeReading) {
        let places = reading.words.indices.flatMap { self.places(from: $0, reading) }
        let editions = index.rows(ofEditions: Set(places.map(\.edition)))
        var next = 0
        for place in places where place.range.lowerBound >= next {
            guard let (row, artist) = track(editions[place.edition] ?? [], at: place, reading) else { continue }
            let track = index.tracks[Int(row)]
            let name = index.artists[Int(track.artist)].name
            reading.add(track: Vibe.Track(id: track.id, title: reading.written(place.range), artist: name))
            let start = min(place.range.lowerBound, artist?.lowerBound ?? place.range.lowerBound)
            if followsLikeness(start, reading) { reading.setAlike() }
            for range in [place.range, artist].compactMap(\.self) {
                reading.take(range)
                reading.block(range)
                next = max(next, range.upperBound)
            }
        }
    }

    /// Reads words for what plays now, where no name follows them: "more like this", "mehr davon".
    func readPlaying(_ reading: inout VibeReading) {
        for position in reading.words.indices where pointsAtPlaying(position, reading) { reading.setPlaying() }
    }

    private func places(from start: Int, _ reading: VibeReading) -> [Place] {
        let before = artists(before: start, reading)
        let isAlike = !before.isEmpty || followsLikeness(start, reading)
        let end = min(endOfClause(from: start, reading), start + Self.longestTitle)
        guard start < end, !reading.isDenied[start], !reading.isTaken(start) else { return [] }
        return stride(from: end, to: start, by: -1).compactMap { end -> Place? in
            let isAuthored = end < reading.words.count && common.authors.contains(reading.words[end].text)
            guard isAlike || isAuthored else { return nil }
            let artists = artists(after: end, reading) + before
            guard isAlike || !artists.isEmpty else { return nil }
            let edition = TrackIdentity.editionKey(of: reading.text(of: start..<end)).fingerprint
            return Place(range: start..<end, edition: edition, artists: artists, isAlike: isAlike)
        }
    }

    /// Of the tracks with a title the one that is meant, with the words for its artist; nil where the words mean something else.
    private func track(
        _ rows: [Int32], at place: Place, _ reading: VibeReading
    ) -> (row: Int32, artist: Range<Int>?)? {
        for artist in place.artists {
            let own = rows.filter { index.tracks[Int($0)].artist == artist.row }
            if let row = mostPopular(own), isWritten(place.range, reading) || isMeaningless(place.range, reading) {
                return (row, artist.range)
            }
        }
        guard place.isAlike, isAnnounced(place.range, reading) || isMeaningless(place.range, reading) else {
            return nil
        }
        return mostPopular(rows).map { ($0, nil) }
    }

    private func mostPopular(_ rows: [Int32]) -> Int32? {
        rows.max { index.tracks[Int($0)].popularity < index.tracks[Int($1)].popularity }
    }

    private func isWritten(_ range: Range<Int>, _ reading: VibeReading) -> Bool {
        reading.words[range].contains(where: \.isCapitalized)
    }

    private func isAnnounced(_ range: Range<Int>, _ reading: VibeReading) -> Bool {
        range.lowerBound > 0 && Self.announcers.contains(reading.words[range.lowerBound - 1].text)
    }

    /// Whether words mean nothing but a title: neither an artist, a tag or a mood, nor what every wish says.
    private func isMeaningless(_ range: Range<Int>, _ reading: VibeReading) -> Bool {
        let text = reading.text(of: range)
        let isNamed = index.artistRows[TrackIdentity.artistKey(of: text)] != nil
        let isTag = index.tags.genres.canonicalNames[text] != nil || index.tags.number(of: text) != nil
        guard !isNamed, !isTag, !lexicon.isPhrase(text) else { return false }
        return reading.words[range].contains { $0.isName || !common.isCommon($0.text) && !common.isPointer($0.text) }
    }

    /// The artists that are named right after a title, with or without "by", the longest name first.
    private func artists(after title: Int, _ reading: VibeReading) -> [(row: Int32, range: Range<Int>)] {
        let isAuthored = title < reading.words.count && common.authors.contains(reading.words[title].text)
        let start = isAuthored ? title + 1 : title
        return stride(from: min(start + Self.reach, reading.words.count), to: start, by: -1).compactMap { end in
            artist(start..<end, reading).map { ($0, start..<end) }
        }
    }

    /// The artists that are named between a word for likeness and a title, the longest name first.
    private func artists(before title: Int, _ reading: VibeReading) -> [(row: Int32, range: Range<Int>)] {
        (max(0, title - Self.reach)..<title).compactMap { start in
            guard followsLikeness(start, reading) else { return nil }
            return artist(start..<title, reading).map { ($0, start..<title) }
        }
    }

    private func artist(_ range: Range<Int>, _ reading: VibeReading) -> Int32? {
        guard !reading.isNamed(range), !reading.isDenied[range].contains(true) else { return nil }
        return index.artistRows[TrackIdentity.artistKey(of: reading.text(of: range))]
    }

    /// Whether a word that asks for likeness comes before a position, with nothing but empty words in between.
    private func followsLikeness(_ position: Int, _ reading: VibeReading, orMore: Bool = false) -> Bool {
        for before in (max(0, position - Self.reach)..<position).reversed() {
            let word = reading.words[before]
            if word.endsClause { return false }
            if common.likenesses.contains(word.text) || orMore && common.mores.contains(word.text) { return true }
            guard common.empty.contains(word.text) || common.cues.contains(word.text) else { return false }
        }
        return false
    }

    private func pointsAtPlaying(_ position: Int, _ reading: VibeReading) -> Bool {
        let word = reading.words[position].text
        let isWhole = common.wholePointers.contains(word)
        guard common.isPointer(word), !reading.isDenied[position], !reading.isNamed(position..<position + 1),
            !reading.isNamed(position..<endOfClause(from: position, reading))
        else { return false }
        let rest = reading.words[(position + 1)..<endOfClause(from: position, reading)].map(\.text)
        if let next = rest.first, !isWhole, common.likenesses.contains(next) { return true }
        guard isWhole || followsLikeness(position, reading, orMore: true) else { return false }
        return rest.first.map { ends($0) } ?? true
    }

    /// Whether a word after "this" begins something else or says nothing: "like this for dinner" is no wish for a dinner.
    private func ends(_ word: String) -> Bool {
        common.empty.contains(word) || common.isPointer(word) || common.turns.contains(word)
            || common.joints.contains(word)
            || common.denials.contains(word) || common.limits.contains(word)
    }

    private func endOfClause(from position: Int, _ reading: VibeReading) -> Int {
        let last = reading.words[position...].firstIndex { $0.endsClause } ?? reading.words.count - 1
        return last + 1
    }
}

extension CatalogIndex {
    /// The rows of the tracks whose titles are of these editions.
    fileprivate func rows(ofEditions editions: Set<UInt64>) -> [UInt64: [Int32]] {
        guard !editions.isEmpty else { return [:] }
        // One bit of 64 for each: most tracks are passed over without a look at the set.
        let bits = editions.reduce(UInt64(0)) { $0 | 1 << ($1 >> 58) }
        var rows: [UInt64: [Int32]] = [:]
        for (row, track) in tracks.enumerated()
        where bits & 1 << (track.edition >> 58) != 0 && editions.contains(track.edition) {
            rows[track.edition, default: []].append(Int32(row))
        }
        return rows
    }

    /// A wish for what is like the track that plays, once it is known.
    ///
    /// - Parameters:
    ///   - vibe: A wish that ``Vibe/pointsAtPlaying``.
    ///   - track: What plays; nil when nothing does. The catalog need not have it.
    /// - Returns: The wish with the track, or with a note that nothing plays.
    public func pointing(_ vibe: Vibe, at track: Vibe.Track?) -> Vibe {
        guard vibe.pointsAtPlaying else { return vibe }
        var vibe = vibe
        vibe.isPlayingKnown = track != nil
        guard let track else { return vibe }
        vibe.tracks.append(track)
        vibe.wantsAlike = true
        nameArtists(&vibe)
        return vibe
    }

    /// Has the artists of a wish's tracks stand for what is like the tracks.
    func nameArtists(_ vibe: inout Vibe) {
        for track in vibe.tracks {
            guard let row = artistRows[TrackIdentity.artistKey(of: track.artist)], !track.artist.isEmpty else {
                continue
            }
            let name = artists[Int(row)].name
            if !vibe.artists.contains(name) { vibe.artists.append(name) }
        }
    }
}

import Foundation

/// Says why a track is on a list, in true sentences about what its score was made of.
struct ReasonWriter {
    private static let tagsNamed = 2
    private static let artistsLookedAt = 12
    /// Cosine of places at least to "sound alike".
    private static let alike: Float = 0.3
    /// Years apart at most to be "from the same years".
    private static let sameYears = 5

    let index: CatalogIndex
    let taste: ProfileTaste?
    private let vibe: Vibe?
    private let verdicts: Verdicts
    let now: Date

    init(index: CatalogIndex, request: RankingRequest) {
        self.index = index
        taste = request.taste
        vibe = request.vibe
        verdicts = request.verdicts
        now = request.now
    }

    /// Puts into words what a track's place rests on.
    func reason(for ranked: RankedTrack) -> Reason {
        guard let row = index.trackRows[ranked.trackID] else { return played(ranked.trackID) }
        let track = index.tracks[Int(row)]
        var reason =
            switch ranked.origin {
            case .played: played(track.id)
            case .artistPlayed: artistPlayed(track.artist)
            case .near(let interest): near(interest, artist: track.artist, track: track.id)
            case .vibe(let parts, let interest): fitting(parts, track, near: interest)
            case .popular: popular(artist: track.artist)
            case .household: household()
            case .start: start(artist: track.artist)
            }
        if verdicts.likes(track.id) { reason.text += ", and you like it" }
        return reason
    }

    /// It was played.
    private func played(_ id: TrackID) -> Reason {
        let text = plays(of: id).map { "because you played it \($0)" } ?? "because you played it"
        return Reason(kind: "played", text: text)
    }

    /// Other tracks of its artist were played.
    private func artistPlayed(_ row: Int32) -> Reason {
        let times = plays(ofArtist: row).map { " \($0)" } ?? ""
        return Reason(kind: "played", text: "because you played \(index.artists[Int(row)].name)\(times)")
    }

    /// Its artist is near to others that were played.
    private func near(_ interest: Interest, artist: Int32, track id: TrackID) -> Reason {
        let likest = interest.artists.prefix(Self.artistsLookedAt)
            .max { likeness($0, artist) < likeness($1, artist) }
        guard let likest, let plays = plays(ofArtist: likest) else { return popular(artist: artist) }
        let shared = sharedTags(likest, artist)
        guard !shared.isEmpty || likeness(likest, artist) >= Self.alike else { return remaining(interest) }
        let link = shared.isEmpty ? "this sounds alike" : "this is \(Self.list(shared)) too"
        let years = isFromYears(of: likest, id) ? ", from the same years" : ""
        let text = "because you played \(index.artists[Int(likest)].name) \(plays); \(link)\(years)"
        return Reason(kind: "interest", text: text, interest: interest.name)
    }

    /// It is unlike what was played, but nothing nearer was left.
    private func remaining(_ interest: Interest) -> Reason {
        let what = interest.name.map { "your \($0)" } ?? "what you played"
        return Reason(
            kind: "interest", text: "because nothing nearer to \(what) is left that is new to you",
            interest: interest.name)
    }

    /// Nothing but that the catalog has much of its artist, and that many know it.
    private func popular(artist: Int32) -> Reason {
        let artist = index.artists[Int(artist)]
        let tracks = artist.tracks.count == 1 ? "a track" : "\(artist.tracks.count) tracks"
        let name = artist.name.isEmpty ? "artists that nobody named" : artist.name
        let fame = artist.popularity > 0 ? " (popularity \(Int(artist.popularity.rounded())) of 100)" : ""
        return Reason(kind: "popular", text: "because the catalog has \(tracks) by \(name)\(fame)")
    }

    /// The taste is too young to fill a list, and others play it.
    private func household() -> Reason {
        Reason(kind: "start", text: "because others here play it, and little is known of your taste yet")
    }

    /// The taste is too young to fill a list.
    private func start(artist: Int32) -> Reason {
        Reason(kind: "start", text: popular(artist: artist).text + ", and little is known of your taste yet")
    }

    /// It fits the words, and an interest if one is named.
    private func fitting(_ parts: VibeParts, _ track: IndexedTrack, near interest: String?) -> Reason {
        var grounds: [String] = []
        let name = index.artists[Int(track.artist)].name
        if parts.named > 0 {
            let song = vibe?.tracks.first { TrackIdentity.isSameArtist($0.artist, name) }
            grounds.append(song.map { "it is by \(name), as “\($0.title)” is" } ?? "you named \(name)")
        } else {
            let tags = matchedTags(ofArtist: Int(track.artist))
            if !tags.isEmpty { grounds.append(words(for: tags, by: name)) }
            if tags.isEmpty, parts.likeNamed > 0, let vibe {
                grounds.append("\(name) is like \(Self.list(vibe.artists))")
            }
        }
        if let decade = track.decade, vibe?.decades.contains(decade) ?? false {
            grounds.append("it is from the \(decade)s")
        }
        if let plays = plays(of: track.id) {
            grounds.append("you played it \(plays)")
        } else if let interest {
            grounds.append("it is near your \(interest)")
        }
        if parts.isLiftedBySound || grounds.isEmpty && parts.features > 0 { grounds.append("its sound fits") }
        guard !grounds.isEmpty else { return popular(artist: track.artist) }
        return Reason(kind: "vibe", text: "because " + grounds.joined(separator: "; "), interest: interest)
    }

    /// "you asked for “dinner”, and Norah Jones is vocal jazz and lounge".
    private func words(for tags: [String], by name: String) -> String {
        let words = tags.compactMap { vibe?.grounds[$0] }
        let said = words.indices.filter { !words[..<$0].contains(words[$0]) }.map { "“\(words[$0])”" }
        return "you asked for \(Self.list(said)), and \(name) is \(Self.list(tags))"
    }

    private func likeness(_ a: Int32, _ b: Int32) -> Float {
        index.artistPlaces[Int(a)].dot(index.artistPlaces[Int(b)])
    }

    private func sharedTags(_ a: Int32, _ b: Int32) -> [String] {
        let other = Dictionary(
            uniqueKeysWithValues: index.tagVectors.entries(of: Int(b)).map { ($0.tag, $0.weight) })
        let shared = index.tagVectors.entries(of: Int(a)).compactMap { entry in
            other[entry.tag].map { WeightedTag(tag: entry.tag, weight: entry.weight * $0) }
        }
        return strongest(shared)
    }

    private func matchedTags(ofArtist row: Int) -> [String] {
        strongest(
            index.tagVectors.entries(of: row).compactMap { entry in
                let wanted = vibe?.tags[index.tags.names[Int(entry.tag)]] ?? 0
                return wanted > 0 ? WeightedTag(tag: entry.tag, weight: entry.weight * Float(wanted)) : nil
            })
    }

    private func strongest(_ tags: [WeightedTag]) -> [String] {
        tags.sorted { ($1.weight, $0.tag) < ($0.weight, $1.tag) }.prefix(Self.tagsNamed)
            .map { index.tags.names[Int($0.tag)] }
    }

    /// Whether a track is of the years that an artist's played tracks are of.
    private func isFromYears(of artist: Int32, _ id: TrackID) -> Bool {
        guard let row = index.trackRows[id], index.tracks[Int(row)].year > 0 else { return false }
        let years = playedTracks(ofArtist: artist).map(\.track.year).filter { $0 > 0 }.sorted()
        guard !years.isEmpty else { return false }
        return abs(Int(years[years.count / 2]) - Int(index.tracks[Int(row)].year)) <= Self.sameYears
    }

    private static func list(_ words: [String]) -> String {
        guard words.count > 1, let last = words.last else { return words.first ?? "" }
        return words.dropLast().joined(separator: ", ") + " and " + last
    }
}

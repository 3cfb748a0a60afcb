import Foundation

/// Says why a track is on a list, in true sentences about what its score was made of.
struct ReasonWriter {
    private static let tagsNamed = 2
    private static let artistsLookedAt = 12

    let index: MusicIndex
    let taste: ProfileTaste?
    let vibe: Vibe?
    let now: Date

    /// It was played.
    func played(_ id: Int64) -> Reason {
        let text = plays(of: id).map { "because you played it \($0)" } ?? "because you played it"
        return Reason(kind: "played", text: text)
    }

    /// Its artist is near to others that were played.
    func near(_ interest: Interest, artist: Int32) -> Reason {
        let likest = interest.artists.prefix(Self.artistsLookedAt)
            .max { likeness($0, artist) < likeness($1, artist) }
        guard let likest else { return popular(artist: artist) }
        let shared = sharedTags(likest, artist)
        let link = shared.isEmpty ? "the two sound alike" : "both are \(Self.list(shared))"
        let text = "because you played \(index.artists[Int(likest)].name) \(times(ofArtist: likest)); \(link)"
        return Reason(kind: "interest", text: text, interest: interest.name)
    }

    /// Nothing but that the catalog has much of its artist.
    func popular(artist: Int32) -> Reason {
        let artist = index.artists[Int(artist)]
        let tracks = artist.tracks.count == 1 ? "a track" : "\(artist.tracks.count) tracks"
        let name = artist.name.isEmpty ? "artists that nobody named" : artist.name
        return Reason(kind: "popular", text: "because the catalog has \(tracks) by \(name)")
    }

    /// It fits the words.
    func fitting(_ parts: VibeParts, _ track: IndexedTrack) -> Reason {
        var grounds: [String] = []
        let name = index.artists[Int(track.artist)].name
        if parts.named > 0 {
            grounds.append("you named \(name)")
        } else {
            let tags = matchedTags(ofArtist: Int(track.artist))
            if !tags.isEmpty { grounds.append("\(name) is \(Self.list(tags))") }
            if tags.isEmpty, parts.likeNamed > 0, let vibe {
                grounds.append("\(name) is like \(Self.list(vibe.artists))")
            }
        }
        if let decade = track.decade, vibe?.decades.contains(decade) ?? false {
            grounds.append("it is from the \(decade)s")
        }
        if let plays = plays(of: track.id) { grounds.append("you played it \(plays)") }
        if grounds.isEmpty, parts.features > 0 { grounds.append("its sound fits") }
        guard !grounds.isEmpty else { return popular(artist: track.artist) }
        return Reason(kind: "vibe", text: "because " + Self.list(grounds))
    }

    /// "9 times, last 3 days ago"; nil if never.
    private func plays(of id: Int64) -> String? {
        guard let counters = taste?.counters[id] else { return nil }
        return "\(Self.times(counters.plays)), last \(Self.ago(now.timeIntervalSince(counters.last)))"
    }

    private func times(ofArtist row: Int32) -> String {
        let ids = index.artists[Int(row)].tracks.map { index.tracks[Int($0)].id }
        return Self.times(ids.reduce(0) { $0 + (taste?.counters[$1]?.plays ?? 0) })
    }

    private func likeness(_ a: Int32, _ b: Int32) -> Float {
        SparseRows.dot(index.artistVectors.entries(of: Int(a)), index.artistVectors.entries(of: Int(b)))
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

    private static func list(_ words: [String]) -> String {
        guard words.count > 1, let last = words.last else { return words.first ?? "" }
        return words.dropLast().joined(separator: ", ") + " and " + last
    }

    private static func times(_ count: Int) -> String {
        switch count {
        case 1: "once"
        case 2: "twice"
        default: "\(count) times"
        }
    }

    private static func ago(_ seconds: TimeInterval) -> String {
        let days = Int((seconds / 86_400).rounded(.down))
        switch days {
        case ...0: return "within a day"
        case 1: return "a day ago"
        case 2..<60: return "\(days) days ago"
        case 60..<730: return "\(days / 30) months ago"
        default: return "\(days / 365) years ago"
        }
    }
}

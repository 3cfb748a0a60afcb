import Taste

/// The wish of a request: its words as they were parsed, and the tracks that were found for it by sound.
struct UnderstoodWish: Sendable {
    var vibe: Vibe?
    var sound = FoundSound()

    /// The tracks that the list is to be like; they are not on it.
    var models: [TrackID] { vibe.flatMap { $0.wantsAlike ? $0.tracks.compactMap(\.id) : nil } ?? [] }
}

/// A list as it was built for one person, for several or for a guest.
struct BuiltList {
    var entries: [Playlist.Entry]
    var notes: [String]
    /// How many candidates each filter took out.
    var removed: [ListFilter: Int]
    /// What was ranked by: one for each person, or one for a guest.
    var rankings: [RankingRequest]
}

// The steps of a list, which run outside of the household: read the wish, rank and build, look up the tracks. `Recommend` ranks
// without building.
extension CatalogCache {
    /// How many neighbours of a track are looked for, at least, and for each track of the list.
    private static let leastNeighbors = 100
    private static let neighborsPerTrack = 4

    /// Reads what a request wishes for, has its sound searched for, and looks for what sounds like the tracks that it names.
    ///
    /// - Returns: The wish, the request with the length that its words ask for, and the index to answer it with.
    /// - Throws: What the store throws; `CancellationError`.
    func read(_ asked: PlaylistQuestion) async throws -> (wish: UnderstoodWish, PlaylistQuestion, CatalogIndex) {
        // The index is not kept during the search, because a track that comes in while it is kept would make a copy of it.
        let vibe = try asked.request.vibe.map { try read($0, playing: asked.playing, in: self.index()) }
        var wish = UnderstoodWish(vibe: vibe, sound: try await asked.soundSearch.find(vibe, in: self))
        let (question, index) = (asked.lengthened(by: vibe), try self.index())
        let limit = max(Self.leastNeighbors, question.limit * Self.neighborsPerTrack)
        let (models, playable) = (wish.models, try self.playable(question.addressing, in: index))
        for model in models {
            wish.sound.add(
                try sounds.neighbors(of: model, limit: limit) { id in
                    !models.contains(id) && playable?.contains(id, in: index) ?? true
                })
        }
        return (wish, question, index)
    }

    private func read(_ text: String, playing: HeardMedia?, in index: CatalogIndex) throws -> Vibe {
        let vibe = index.parse(vibe: text)
        guard vibe.pointsAtPlaying else { return vibe }
        let track = try playing.map { media in
            Vibe.Track(
                id: try trackID(of: media), title: media.title ?? "",
                artist: media.artist ?? "")
        }
        return index.pointing(vibe, at: track)
    }

    /// Ranks and builds a list.
    ///
    /// - Throws: What the store throws.
    func list(_ question: PlaylistQuestion, _ wish: UnderstoodWish, in index: CatalogIndex) throws -> BuiltList {
        let people = question.people.isEmpty ? [nil] : question.people.map(Optional.some)
        let rankings = try people.map { try ranking(question, for: $0, wish, in: index) }
        var plan = question.plan
        (plan.sounds, plan.after) = (try sounds.index(), wish.models.first)
        if rankings.count > 1 { return try listForSeveral(question, rankings, plan, in: index) }
        let built = index.playlist(for: rankings[0], plan: plan)
        let entries = try entries(built.tracks, by: rankings[0], at: question.addressing, in: index)
        return BuiltList(entries: entries, notes: built.notes, removed: built.removed, rankings: rankings)
    }

    /// A list by turns. Each reason is that of the person whose turn it was, and names all for whom the track counts.
    private func listForSeveral(
        _ question: PlaylistQuestion, _ rankings: [RankingRequest], _ plan: PlaylistPlan, in index: CatalogIndex
    ) throws -> BuiltList {
        let names = question.owners.profiles.map(\.name)
        let built = index.playlist(forSeveral: rankings, plan: plan)
        var found: [Track.ID: Playlist.Entry] = [:]
        for (turn, items) in Dictionary(grouping: built.items, by: \.turn) {
            let tracks = items.map(\.track)
            for entry in try entries(tracks, by: rankings[turn], at: question.addressing, in: index) {
                found[entry.track.id] = entry
            }
        }
        let entries = built.items.compactMap { item -> Playlist.Entry? in
            guard var entry = found[Track.ID(item.track.trackID)] else { return nil }
            entry.reason.for = item.people.map { names[$0] }
            let person = question.owners.profiles[item.turn]
            entry.reason.text = "for \(person.displayName): \(entry.reason.text)"
            return entry
        }
        return BuiltList(entries: entries, notes: built.notes, removed: built.removed, rankings: rankings)
    }

    /// Looks up what was ranked, and writes the reasons.
    func entries(
        _ ranked: [RankedTrack], by request: RankingRequest, at addressing: Addressing, in index: CatalogIndex
    ) throws -> [Playlist.Entry] {
        let ids = ranked.map { Track.ID($0.trackID) }
        let (tracks, addresses) = try store.read { (try $0.tracks(ids), try $0.addresses(of: ids)) }
        let byID = Dictionary(tracks.map { (TrackID($0.id), $0) }) { first, _ in first }
        return ranked.compactMap { ranked in
            byID[ranked.trackID].flatMap { track in
                let reason = index.reason(for: ranked, by: request)
                let entry = Playlist.Entry(
                    track: track, score: ranked.score,
                    reason: .init(kind: reason.kind, text: reason.text, interest: reason.interest), terms: ranked.terms)
                return addressing.addressed(entry, addresses[track.id] ?? [:])
            }
        }
    }
}

import Taste

/// A list as it was built for one person, for several or for a guest.
struct BuiltList {
    var entries: [Playlist.Entry]
    var notes: [String]
    /// How many candidates each filter took out.
    var removed: [ListFilter: Int]
    /// What was ranked by: one for each person, or one for a guest.
    var rankings: [RankingRequest]
}

extension CatalogCache {
    /// Ranks and builds a list.
    ///
    /// - Throws: What the store throws.
    func list(_ question: PlaylistQuestion, _ wish: HeardWish, in index: CatalogIndex) throws -> BuiltList {
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
}

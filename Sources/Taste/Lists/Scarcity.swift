extension CatalogIndex {
    /// Candidates for each track of a playlist, so that there is a choice.
    private static let candidatesPerTrack = 8
    private static let deepest = 2_000

    /// Makes a playlist of what fits.
    ///
    /// Where too little fits, first the no-repeat window gives way, the longest unheard first; then the cap on an
    /// artist; then what lies nearest comes. What fits nothing that was asked for or is liked never fills up.
    ///
    /// - Parameters:
    ///   - request: Whose taste, which words; the length and the cap are those of the plan.
    ///   - plan: How the playlist should be.
    /// - Returns: The playlist with notes on what gave way.
    public func playlist(for request: RankingRequest, plan: PlaylistPlan) -> BuiltPlaylist {
        var builder = PlaylistBuilder(index: self, plan: plan)
        let fresh = candidates(for: request, plan: plan)
        builder.fill(from: fresh.filter(\.isAsked))
        var notes: [String] = []
        if !builder.isFull {
            let all = everything(for: request, plan: plan)
            builder.fill(from: all.filter { $0.isAsked && plan.recency[$0.trackID] == nil })
            builder.fill(from: heard(all, plan).filter(\.isAsked), isDrawn: false)
            builder.fill(from: all.filter(\.isAsked), isDrawn: false, maxPerArtist: .max)
            builder.fill(from: all.filter { $0.fit == .near && plan.recency[$0.trackID] == nil })
            builder.fill(from: heard(all, plan).filter { $0.fit == .near }, isDrawn: false)
            notes = Self.notes(on: builder, plan)
        }
        var playlist = builder.playlist
        playlist.notes = (request.vibe?.notes ?? []) + notes
        return playlist
    }

    /// How many tracks a playlist was kept from, by why.
    public func removed(by request: RankingRequest, plan: PlaylistPlan) -> [ListFilter: Int] {
        removed(by: deepened(request, plan: plan))
    }

    private func candidates(for request: RankingRequest, plan: PlaylistPlan) -> [RankedTrack] {
        rank(deepened(request, plan: plan))
    }

    private func deepened(_ request: RankingRequest, plan: PlaylistPlan) -> RankingRequest {
        var request = request
        request.limit = plan.totalTracks * Self.candidatesPerTrack
        request.maxPerArtist = plan.maxPerArtist * 2
        request.recent = Set(plan.recency.keys)
        return request
    }

    /// All that may be chosen, by rank, whatever was heard of late and however much one artist has of it.
    private func everything(for request: RankingRequest, plan: PlaylistPlan) -> [RankedTrack] {
        var request = request
        request.limit = max(Self.deepest, plan.totalTracks * Self.candidatesPerTrack)
        request.maxPerArtist = request.limit
        request.isExhaustive = true
        return rank(request)
    }

    /// What was heard of late, the longest ago first.
    private func heard(_ all: [RankedTrack], _ plan: PlaylistPlan) -> [RankedTrack] {
        let heard = all.enumerated().compactMap { rank, track in
            plan.recency[track.trackID].map { (recency: $0, rank: rank, track: track) }
        }
        return heard.sorted { ($0.recency, $0.rank) < ($1.recency, $1.rank) }.map(\.track)
    }

    private static func notes(on builder: PlaylistBuilder, _ plan: PlaylistPlan) -> [String] {
        var notes: [String] = []
        let again = builder.chosen.count { plan.recency[$0.trackID] != nil }
        let near = builder.chosen.count { $0.fit == .near }
        if again > 0 { notes.append("\(again) tracks were played or listed not long ago: too little else fits") }
        if near > 0 { notes.append("\(near) tracks are only near to what was asked for") }
        if !builder.isFull {
            notes.append(builder.chosen.count == 1 ? "only 1 track fits" : "only \(builder.chosen.count) tracks fit")
        }
        return notes
    }
}

extension RankedTrack {
    /// Whether it is what was asked for or is liked.
    fileprivate var isAsked: Bool { fit > .near }
}

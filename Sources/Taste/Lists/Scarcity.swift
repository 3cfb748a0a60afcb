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
        playlist(by: Ranker(index: self, request: request), plan: plan)
    }

    func playlist(by ranker: Ranker, plan: PlaylistPlan) -> BuiltPlaylist {
        let request = ranker.request
        var ranker = ranker
        ranker.request = deepened(request, plan: plan)
        var builder = PlaylistBuilder(index: self, plan: plan)
        builder.fill(from: ranker.rankedHeedingVerdicts().filter(\.isAsked))
        var notes: [String] = []
        if !builder.isFull {
            ranker.request = exhaustive(request, plan: plan)
            let all = ranker.rankedHeedingVerdicts()
            builder.fill(from: all.filter { $0.isAsked && !plan.recency.contains($0.trackID) })
            builder.fill(from: heard(all, plan).filter(\.isAsked), isDrawn: false)
            builder.fill(from: all.filter(\.isAsked), isDrawn: false, maxPerArtist: .max)
            let near = all.filter { $0.fit == .near && !plan.recency.contains($0.trackID) }
            builder.fill(from: near.filter { $0.origin != .start })
            builder.fill(from: near.filter { $0.origin == .start })
            builder.fill(from: heard(all, plan).filter { $0.fit == .near }, isDrawn: false)
            if builder.chosen.isEmpty { builder.fill(from: all.filter(\.isAsked), isLongAllowed: true) }
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

    private func deepened(_ request: RankingRequest, plan: PlaylistPlan) -> RankingRequest {
        var request = request
        request.limit = plan.totalTracks * Self.candidatesPerTrack
        request.maxPerArtist = plan.maxPerArtist * 2
        request.recent = plan.recency
        return request
    }

    /// Asks for all that may be chosen, whatever was heard of late and however much one artist has of it.
    private func exhaustive(_ request: RankingRequest, plan: PlaylistPlan) -> RankingRequest {
        var request = request
        request.limit = max(Self.deepest, plan.totalTracks * Self.candidatesPerTrack)
        request.maxPerArtist = request.limit
        request.isExhaustive = true
        return request
    }

    /// What was heard of late, the longest ago first.
    private func heard(_ all: [RankedTrack], _ plan: PlaylistPlan) -> [RankedTrack] {
        let heard = all.enumerated().compactMap { rank, track in
            plan.recency.step(of: track.trackID).map { (step: $0, rank: rank, track: track) }
        }
        return heard.sorted { ($0.step, $0.rank) < ($1.step, $1.rank) }.map(\.track)
    }

    private static func tracks(_ count: Int, _ one: String, _ many: String) -> String {
        count == 1 ? "1 track \(one)" : "\(count) tracks \(many)"
    }

    static func notes(on builder: PlaylistBuilder, _ plan: PlaylistPlan) -> [String] {
        var notes: [String] = []
        let again = builder.chosen.count { plan.recency.contains($0.trackID) }
        let start = builder.chosen.count { $0.origin.isStart }
        let near = builder.chosen.count { $0.fit == .near && !$0.origin.isStart }
        if again > 0 {
            notes.append(
                "\(tracks(again, "was", "were")) played or listed not long ago, because too little else fits")
        }
        if start > 0 { notes.append("\(tracks(start, "fills", "fill")) up, because little is known of this taste yet") }
        if near > 0 { notes.append("\(tracks(near, "is", "are")) only near to what was asked for") }
        if builder.chosen.isEmpty {
            notes.append("nothing here fits")
        } else if !builder.isFull {
            notes.append("only \(tracks(builder.chosen.count, "fits", "fit"))")
        }
        return notes
    }
}

extension RankedTrack {
    /// Whether it is what was asked for or is liked.
    fileprivate var isAsked: Bool { fit > .near }
}

import Foundation
import Taste

/// What a list is made from: copies, so that ranking runs outside the household.
struct ListQuestion: Sendable {
    var request: ListRequest
    var attribution: Attribution
    var limit: Int
    var mode: RankingMode
    var maxPerArtist: Int
    var speaker: Speaker?
    var now: Date
    var taste: ProfileTaste?
    /// What the person said of tracks; nothing for a guest.
    var verdicts = Verdicts()
    /// Tracks that must not come again yet, the longest unheard with the lowest number.
    var recency: [Int64: Int] = [:]
    /// Whether tracks marked as explicit may be chosen.
    var allowsExplicit = true

    /// What to rank by, for an answer in the order of rank.
    func ranking(vibe: Vibe?) -> RankingRequest {
        var ranking = RankingRequest(now: now)
        ranking.taste = taste
        ranking.vibe = vibe
        ranking.mode = mode
        ranking.limit = limit
        ranking.maxPerArtist = maxPerArtist
        ranking.seed = request.seed ?? 0
        ranking.pool = request.pool
        ranking.allowsExplicit = allowsExplicit
        ranking.heed(verdicts)
        return ranking
    }

    /// How the playlist should be.
    ///
    /// Without a seed each moment gives another list.
    var plan: PlaylistPlan {
        var plan = PlaylistPlan(
            totalTracks: limit, totalS: request.totalS, maxPerArtist: maxPerArtist,
            seed: request.seed ?? UInt64(bitPattern: now.milliseconds))
        plan.recency = recency
        return plan
    }

    /// The same question with the length that its words ask for, where no field does.
    func lengthened(by vibe: Vibe?) -> ListQuestion {
        var question = self
        switch vibe?.length {
        case .tracks(let count) where request.limit == nil: question.limit = count
        case .seconds(let seconds) where request.limit == nil && request.totalS == nil:
            question.request.totalS = seconds
            question.limit = Limits.playlistTracks
        default: break
        }
        return question
    }
}

/// Recommending and generating.
extension Household {
    /// Ranks tracks.
    ///
    /// - Parameter request: For whom and for what.
    /// - Returns: Tracks, the best first, each with its reason.
    /// - Throws: ``HouseholdError``.
    @concurrent
    public nonisolated func recommend(_ request: ListRequest) async throws -> RecommendationView {
        let asked = try await question(request, mappedSpeaker: nil)
        let index = try library.index()
        let vibe = request.vibe.map { index.parse(vibe: $0) }
        let question = asked.lengthened(by: vibe)
        let ranking = question.ranking(vibe: vibe)
        let entries = try entries(index.rank(ranking), by: ranking, in: index)
        return RecommendationView(
            profile: question.attribution.profile?.name, rule: question.attribution.rule, vibe: request.vibe,
            understood: vibe?.summary, mode: question.mode, at: question.now,
            tracks: entries.enumerated().map {
                ListedTrackView(position: $0 + 1, entry: $1, isExplained: request.isExplained)
            }, notes: vibe?.notes ?? [],
            removed: request.isExplained ? RemovedView(index.removed(by: ranking)) : nil)
    }

    /// Makes a playlist, keeps it, and has its speaker told if it should play.
    ///
    /// - Parameter request: For whom, for what and for where. No mapping of the speaker is looked at.
    /// - Returns: The playlist, the rule that said whose it is included.
    /// - Throws: ``HouseholdError``.
    @concurrent
    public nonisolated func generate(_ request: ListRequest) async throws -> PlaylistView {
        let began = ContinuousClock.now
        return try await generate(question(request, mappedSpeaker: nil), since: began)
    }

    /// Makes a playlist that was asked for on a speaker's own topic: for whoever owns the speaker, if nobody is named.
    ///
    /// - Parameters:
    ///   - request: For whom and for what.
    ///   - topic: The speaker's level in topics.
    /// - Returns: The playlist.
    /// - Throws: ``HouseholdError`` `not_found` when nobody has seen or configured that speaker.
    @concurrent
    public nonisolated func generate(
        _ request: ListRequest, forSpeakerOnTopic topic: String
    ) async throws -> PlaylistView {
        let began = ContinuousClock.now
        var request = request
        request.speaker = topic
        return try await generate(question(request, mappedSpeaker: topic), since: began)
    }

    /// Lists what was generated, the newest first.
    public func playlists(_ request: PageRequest) throws -> PlaylistPage {
        let lists = try store.read { store in
            if let cursor = request.cursor, try store.playlist(cursor) == nil { throw HouseholdError.unknownCursor }
            return try store.playlists(limit: request.limit + 1, after: request.cursor)
        }
        let page = lists.prefix(request.limit)
        return PlaylistPage(
            playlists: page.map { PlaylistView($0) }, nextCursor: lists.count > request.limit ? page.last?.id : nil)
    }

    /// One playlist that was made.
    ///
    /// - Throws: ``HouseholdError`` `not_found`, also for one that is so old that it was forgotten.
    public func playlist(id: String) throws -> PlaylistView {
        guard let playlist = try store.read({ try $0.playlist(id) }) else {
            throw HouseholdError(
                .notFound, "There is no playlist \"\(id.prefix(80))\"; the newest \(Limits.playlistRows) are kept",
                field: "id")
        }
        return PlaylistView(playlist)
    }

    private nonisolated func generate(
        _ asked: ListQuestion, since began: ContinuousClock.Instant
    ) async throws -> PlaylistView {
        let index = try library.index()
        let vibe = asked.request.vibe.map { index.parse(vibe: $0) }
        let question = asked.lengthened(by: vibe)
        let request = question.request
        let ranking = question.ranking(vibe: vibe)
        let built = index.playlist(for: ranking, plan: question.plan)
        let playlist = Playlist(
            id: newID(), createdAt: question.now.wholeMilliseconds, speakerName: question.speaker?.name,
            profileName: question.attribution.profile?.name, rule: question.attribution.rule, vibe: request.vibe,
            understood: vibe?.summary, mode: question.mode,
            autoPlay: request.autoPlay && question.speaker != nil,
            entries: try entries(built.tracks, by: ranking, in: index), notes: built.notes)
        let view = try await keep(playlist, on: question.speaker, since: began)
        guard request.isExplained else { return view }
        let removed = built.removed.merging(index.removed(by: ranking, plan: question.plan)) { $0 + $1 }
        return view.explained(by: playlist.entries, removed: RemovedView(removed))
    }

    /// Finds out whose list it is, and copies what ranking needs.
    private func question(_ request: ListRequest, mappedSpeaker topic: String?) throws -> ListQuestion {
        let speaker = try request.speaker.map { try self.speaker(named: $0) }
        let attribution = try Attribution.ofList(
            request, mappedSpeaker: topic == nil ? nil : speaker, in: roster)
        let time = request.at ?? now()
        var question = ListQuestion(
            request: request, attribution: attribution,
            limit: request.limit ?? speaker?.totalTracks ?? settings.totalTracks,
            mode: request.mode ?? speaker?.mode ?? .balanced,
            maxPerArtist: request.maxPerArtist ?? settings.maxPerArtist, speaker: speaker, now: time)
        if let profile = attribution.profile {
            question.taste = try taste(of: profile, at: request.at)
            question.verdicts = Verdicts(try memory(of: profile).verdicts, at: time)
        }
        question.allowsExplicit = !settings.isForKids(speaker: speaker?.name, profile: attribution.profile?.name)
        guard settings.noRepeatS > 0 else { return question }
        for (number, share) in Self.recencyShares.enumerated() {
            let since = time.addingTimeInterval(-settings.noRepeatS * share)
            let recent = try tracks(playedOrListedSince: since, for: question)
            if recent.isEmpty { break }
            for track in recent { question.recency[track] = number }
        }
        return question
    }

    /// Parts of the no-repeat window, each nearer to now, by which is told what was unheard longest.
    private static let recencyShares = [1, 0.5, 0.25, 0.125]

    private func tracks(playedOrListedSince since: Date, for question: ListQuestion) throws -> Set<Int64> {
        try store.read { store in
            let profile = question.attribution.profile
            // A seed repeats a list, so that list is no reason against its own tracks.
            let isRepeat = question.request.seed != nil
            var recent = isRepeat ? [] : try store.trackIDs(listedSince: since, profileName: profile?.name)
            if let profile {
                recent.formUnion(
                    try store.trackIDs(heardSince: since, owner: .some(profile.ownerID), speakerName: nil))
            }
            if let speaker = question.speaker, question.attribution.rule != .guest {
                recent.formUnion(try store.trackIDs(heardSince: since, owner: nil, speakerName: speaker.name))
            }
            return recent
        }
    }

    /// A profile's taste as it was at a time; as it is when no time is named.
    private func taste(of profile: Profile, at time: Date?) throws -> ProfileTaste {
        let taste = try memory(of: profile).taste
        guard let time, taste.counters.values.contains(where: { $0.last >= time }) else { return taste }
        return ProfileTaste.rebuilt(from: try store.read { try $0.countedPlays(owner: profile.ownerID, before: time) })
    }

    private func keep(
        _ playlist: Playlist, on speaker: Speaker?, since began: ContinuousClock.Instant
    ) throws -> PlaylistView {
        try store.write { try $0.insertPlaylist(playlist, keeping: Limits.playlistRows) }
        counters.playlists += 1
        counters.generations.add(.now - began)
        // A list that is only answered plays nowhere, so it is nobody's turn.
        if let speaker, playlist.autoPlay {
            lastPlaylists[speaker.name] = SpeakerView.LastPlaylist(playlist)
            try setGuestList(playlist.rule == .guest ? playlist.id : nil, on: speaker.name)
            showSpeakers()
        }
        let view = PlaylistView(playlist)
        observer.householdDid(.playlistGenerated(view))
        return view
    }

    /// Looks up titles and writes reasons for what was ranked.
    private nonisolated func entries(
        _ ranked: [RankedTrack], by request: RankingRequest, in index: MusicIndex
    ) throws -> [Playlist.Entry] {
        let tracks = try store.read { try $0.tracks(ranked.map(\.trackID)) }
        let byID = Dictionary(tracks.map { ($0.description.id, $0) }) { first, _ in first }
        return ranked.compactMap { ranked in
            byID[ranked.trackID].map {
                Playlist.Entry(
                    track: $0, score: ranked.score, reason: index.reason(for: ranked, by: request), terms: ranked.terms)
            }
        }
    }
}

import Foundation

/// Answers one request.
struct Ranker {
    let index: CatalogIndex
    /// What is asked; taste and words stay as they were at the beginning.
    var request: RankingRequest
    /// The taste to rank by; nil for a guest, and for a profile that never played anything.
    let taste: PreparedTaste?
    /// How well artists fit the words; nil without words.
    let scorer: VibeScorer?
    /// What a wish denies; nil if it denies nothing.
    private let denial: Denial?
    /// For each artist whether any of its tracks may be chosen.
    private let isAllowed: [Bool]
    /// Rows of the tracks that are liked, by the artist's.
    private let likedTracks: [Int32: [Int32]]

    init(index: CatalogIndex, request: RankingRequest) {
        self.index = index
        self.request = request
        let prepared = request.preparedTaste.flatMap { $0.fits(index, at: request.now) ? $0 : nil }
        let taste = prepared ?? request.taste.flatMap { PreparedTaste($0, in: index, now: request.now) }
        // Words that mean nothing here are no reason to forget whose list it is.
        let vibe = request.vibe.flatMap { $0.asksForSomething || taste == nil ? $0 : nil }
        let scorer = vibe.map { request.preparedVibe ?? VibeScorer($0, index: index) }
        let denial = request.vibe.flatMap { Denial($0, index: index) }
        isAllowed = Self.allowed(request, denial, in: index) { row in
            // No audio play comes by itself: whoever speaks was asked for, or played.
            taste?.plays.contains(artist: row) ?? false || scorer?.terms.asksFor(artist: row) ?? false
        }
        likedTracks = Dictionary(grouping: request.verdicts.likedTracks.compactMap { index.trackRows[$0] }) {
            index.tracks[Int($0)].artist
        }
        (self.taste, self.scorer, self.denial) = (taste, scorer, denial)
    }

    /// The sides of the taste; nil if it has no artist with tags.
    var interests: Interests? { taste?.interests }

    /// Whether the taste is too young to say what it does not like.
    var isYoung: Bool { taste?.isYoung ?? false }

    /// The tracks, the best first.
    func ranked() -> [RankedTrack] {
        guard request.limit > 0 else { return [] }
        if let scorer { return fitting(scorer) }
        guard let taste else { return request.mode == .familiar ? [] : started([]) }
        switch request.mode {
        case .familiar: return familiar(taste)
        case .discovery: return started(discovered())
        case .balanced:
            let mixed = interleaved(familiar(taste), discovered())
            return started(request.isExhaustive ? mixed + further(taste, below: mixed) : mixed)
        }
    }

    /// Merges known and new tracks in the profile's own share; when one runs out, the other goes on.
    ///
    /// The n-th of a kind that is due a share comes at share ÷ (n - ½): the method of Webster and Sainte-Laguë.
    private func interleaved(_ known: [RankedTrack], _ new: [RankedTrack]) -> [RankedTrack] {
        let share = taste.map { DiscoveryShare.ofList(for: $0.plays, now: request.now) } ?? 0
        let dealt = Self.dealt(known, share: 1 - share, as: "known") + Self.dealt(new, share: share, as: "new")
        let merged = dealt.enumerated().sorted { ($1.element.score, $0.offset) < ($0.element.score, $1.offset) }
        return merged.prefix(request.limit).map(\.element)
    }

    private static func dealt(_ tracks: [RankedTrack], share: Double, as name: String) -> [RankedTrack] {
        tracks.enumerated().map { place, track in
            var dealt = track
            dealt.terms = [ScoreTerm(name, share / (Double(place) + 0.5))]
            dealt.score = dealt.terms[0].value
            return dealt
        }
    }

    /// Whether a track may be chosen.
    func allows(_ row: Int32) -> Bool {
        allowsArtist(Int(index.tracks[Int(row)].artist)) && allowsOfItsArtist(row)
    }

    /// Whether a track may be chosen whose artist may.
    private func allowsOfItsArtist(_ row: Int32) -> Bool {
        if let playable = request.playable, !playable.contains(row) { return false }
        let track = index.tracks[Int(row)]
        if let denial, denial.denies(track) { return false }
        if let pool = request.pool, !pool.contains(track, ofArtist: index.artists[Int(track.artist)].key) {
            return false
        }
        return request.removal(of: track) == nil
    }

    /// Whether any track of an artist may be chosen.
    func allowsArtist(_ row: Int) -> Bool { isAllowed[row] }

    /// For each artist whether any of its tracks may be chosen: looked at once, because every order is of them.
    private static func allowed(
        _ request: RankingRequest, _ denial: Denial?, in index: CatalogIndex, isSpokenWelcome: (Int) -> Bool
    ) -> [Bool] {
        var isAllowed = [Bool](repeating: true, count: index.artistCount)
        if let pool = request.pool {
            for row in isAllowed.indices { isAllowed[row] = pool.hasTracks(ofArtist: index.artists[row].key) }
        } else {
            for row in isAllowed.indices where index.spoken[row] { isAllowed[row] = isSpokenWelcome(row) }
        }
        if let playable = request.playable {
            for row in isAllowed.indices where !playable.hasTracks(ofArtist: row) { isAllowed[row] = false }
        }
        if let denial {
            for row in isAllowed.indices where denial.denies(artist: row) { isAllowed[row] = false }
        }
        for row in request.excludedArtists.compactMap({ index.artistRows[$0] }) { isAllowed[Int(row)] = false }
        return isAllowed
    }

    /// Whether an artist is new to whom the list is for.
    func isUnplayed(artist row: Int) -> Bool { !(taste?.plays.contains(artist: row) ?? false) }

    /// What is known of the merit of an artist's tracks before it is computed for each of them.
    struct MeritBounds {
        /// The most that it is for any track but ``special``.
        var most: Float = 0
        /// What a point of catalog popularity counts beside it.
        var popularity: Float = 1
        /// Tracks for which it may be more.
        var special: [Int32] = []
    }

    /// The tracks to choose of an artist, the best first, as many as one artist may have.
    ///
    /// They stand with the best known first, so that of thousands of tracks only those that may be among the best are looked at.
    ///
    /// - Parameters:
    ///   - row: The artist.
    ///   - bounds: What bounds `merit`.
    ///   - merit: What a track scores beside how well known it is.
    /// - Returns: Rows of the tracks; none for an artist that may not be chosen.
    func choice(
        ofArtist row: Int, _ bounds: MeritBounds = MeritBounds(), merit: (Int32) -> Float = { _ in 0 }
    ) -> [Int32] {
        guard allowsArtist(row) else { return [] }
        let liked = likedTracks[Int32(row)] ?? []
        let special = bounds.special.isEmpty && liked.isEmpty ? [] : Set(bounds.special).union(liked)
        var best = TopK<RankedRow>(limit: request.maxPerArtist)
        func offer(_ row: Int32, _ score: Float) {
            let ranked = RankedRow(score: score, tie: Int64(row), row: row)
            // Whether it may be chosen takes longer to find out than whether it would be.
            if let worst = best.worst, ranked < worst { return }
            if allowsOfItsArtist(row) { best.offer(ranked) }
        }
        for row in special {
            let track = index.tracks[Int(row)]
            let isLiked = request.verdicts.likes(track.id)
            offer(row, isLiked ? .infinity : merit(row) + bounds.popularity * track.popularity)
        }
        for row in index.artists[row].tracks {
            let fame = bounds.popularity * index.tracks[Int(row)].popularity
            if let worst = best.worst, bounds.most + fame < worst.score { break }
            if special.isEmpty || !special.contains(row) { offer(row, merit(row) + fame) }
        }
        return best.sorted().map(\.row)
    }

    /// Orders what scores the same: at random with a seed, else by number, which is a track's id or an artist's row.
    func tieBreak(_ number: Int64) -> Int64 {
        guard request.seed != 0 else { return number }
        var generator = SeededGenerator(seed: request.seed ^ UInt64(bitPattern: number))
        return Int64(bitPattern: generator.next())
    }
}

extension CatalogIndex {
    /// Ranks tracks.
    ///
    /// - Parameter request: By what.
    /// - Returns: Tracks, the best first. The same request on the same catalog always gets the same answer.
    public func rank(_ request: RankingRequest) -> [RankedTrack] {
        Ranker(index: self, request: request).rankedHeedingVerdicts()
    }

    /// Says why a track is on a list.
    ///
    /// - Parameters:
    ///   - ranked: A track that ``rank(_:)`` answered.
    ///   - request: What was asked.
    /// - Returns: A sentence for people.
    public func reason(for ranked: RankedTrack, by request: RankingRequest) -> Reason {
        ReasonWriter(index: self, request: request).reason(for: ranked)
    }
}

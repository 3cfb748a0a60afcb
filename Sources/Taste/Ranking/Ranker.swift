import Foundation

/// Answers one request.
struct Ranker {
    let index: MusicIndex
    let request: RankingRequest
    /// The taste to rank by; nil for a guest, and for a profile that never played anything.
    let taste: ProfileTaste?
    /// What it played, artist by artist.
    let plays: ArtistPlays?
    /// The sides of that taste; nil if it has no artist with tags.
    let interests: Interests?

    init(index: MusicIndex, request: RankingRequest) {
        self.index = index
        self.request = request
        taste = request.taste.flatMap { $0.isEmpty ? nil : $0 }
        plays = taste.map { ArtistPlays(of: $0, in: index, now: request.now) }
        interests = plays.flatMap { Interests(of: $0, in: index) }
    }

    /// The tracks, the best first.
    func ranked() -> [RankedTrack] {
        guard request.limit > 0 else { return [] }
        // Words that mean nothing here are no reason to forget whose list it is.
        if let vibe = request.vibe, vibe.isUnderstood || taste == nil { return fitting(vibe) }
        guard let taste else { return request.mode == .familiar ? [] : popular() }
        switch request.mode {
        case .familiar: return familiar(taste)
        case .discovery: return discovered()
        case .balanced: return interleaved(familiar(taste), discovered())
        }
    }

    /// Deals the places of a list to known and new tracks in the profile's own share; when one runs out, the other goes
    /// on.
    private func interleaved(_ known: [RankedTrack], _ new: [RankedTrack]) -> [RankedTrack] {
        let share = plays.map { DiscoveryShare.ofList(for: $0, now: request.now) } ?? 0
        var queues = [known[...], new[...]]
        var quota = Quota(importance: [0: 1 - share, 1: share])
        var ranked: [RankedTrack] = []
        while ranked.count < request.limit, let queue = quota.next() {
            if let track = queues[queue].popFirst() { ranked.append(track) } else { quota.close(queue) }
        }
        return ranked
    }

    /// Whether a track may be chosen.
    func allows(_ row: Int32) -> Bool {
        let track = index.tracks[Int(row)]
        guard request.removal(of: track) == nil, allowsArtist(Int(track.artist)) else { return false }
        return request.pool?.contains(track, ofArtist: index.artists[Int(track.artist)].key) ?? true
    }

    /// Whether any track of an artist may be chosen.
    func allowsArtist(_ row: Int) -> Bool {
        guard request.pool != nil || !request.excludedArtists.isEmpty else { return true }
        let key = index.artists[row].key
        return !request.excludedArtists.contains(key) && request.pool?.hasTracks(ofArtist: key) ?? true
    }

    /// Whether an artist is new to whom the list is for.
    func isUnplayed(artist row: Int) -> Bool { !(plays?.contains(artist: row) ?? false) }

    /// The tracks to choose of an artist, the best first, as many as one artist may have.
    func choice(ofArtist row: Int, by merit: (IndexedTrack) -> Float = { $0.popularity }) -> [Int32] {
        let allowed = index.artists[row].tracks.filter(allows)
        guard allowed.count > 1 else { return allowed }
        let ordered = allowed.map { row in
            let track = index.tracks[Int(row)]
            let score = request.verdicts.likes(track.id) ? .infinity : merit(track)
            return RankedRow(score: score, tie: Int64(row), row: row)
        }
        return ordered.sorted(by: >).prefix(request.maxPerArtist).map(\.row)
    }

    /// Orders what scores the same; without a seed by id.
    func tieBreak(_ id: Int64) -> Int64 {
        guard request.seed != 0 else { return id }
        var generator = SeededGenerator(seed: request.seed ^ UInt64(bitPattern: id))
        return Int64(bitPattern: generator.next())
    }
}

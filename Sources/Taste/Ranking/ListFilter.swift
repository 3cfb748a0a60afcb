/// Why a track that ranks well enough is not on a list.
public enum ListFilter: String, CaseIterable, Codable, Sendable {
    /// Somebody does not want it.
    case excluded
    /// Played or listed too lately.
    case recent
    /// Marked as explicit.
    case explicit
    /// Another edition of a better candidate.
    case duplicate
    /// Its artist has as many tracks as may be.
    case artistCap = "artist_cap"
}

extension CatalogIndex {
    /// How many tracks a request kept from its own answer, by why.
    ///
    /// It ranks once more with nothing left out, so it takes as long as ranking.
    ///
    /// - Parameter request: What was asked.
    /// - Returns: Counts of the tracks that would have come before the last one that may.
    public func removed(by request: RankingRequest) -> [ListFilter: Int] {
        var open = request
        open.excluded = []
        open.excludedArtists = []
        open.recent = .nothing
        open.allowsExplicit = true
        open.limit += request.recent.mostTracks + request.excluded.count
        var removed: [ListFilter: Int] = [:]
        var left = request.limit
        for ranked in rank(open) where left > 0 {
            guard let row = trackRows[ranked.trackID] else { continue }
            let track = tracks[Int(row)]
            let isArtistExcluded = request.excludedArtists.contains(artists[Int(track.artist)].key)
            if let filter = isArtistExcluded ? .excluded : request.removal(of: track) {
                removed[filter, default: 0] += 1
            } else {
                left -= 1
            }
        }
        return removed
    }
}

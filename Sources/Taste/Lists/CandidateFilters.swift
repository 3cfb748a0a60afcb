/// Says which candidates fall out, and counts why.
struct CandidateFilters {
    private struct Edition: Hashable {
        var artist: Int32
        var title: UInt64
    }

    private let index: MusicIndex
    private let plan: PlaylistPlan
    private var editions: Set<Edition> = []
    private var tracksOfArtist: [Int32: Int] = [:]
    private(set) var removed: [ListFilter: Int] = [:]

    init(index: MusicIndex, plan: PlaylistPlan) {
        self.index = index
        self.plan = plan
    }

    /// Whether a candidate may be drawn at all.
    ///
    /// Asked in the order of rank, so that the better edition stays.
    mutating func allow(_ id: Int64) -> Bool {
        guard let row = index.trackRows[id] else { return true }
        let track = index.tracks[Int(row)]
        guard editions.insert(Edition(artist: track.artist, title: track.edition)).inserted else {
            return remove(.duplicate)
        }
        return true
    }

    /// Whether a drawn candidate may be put on the list.
    ///
    /// Asked in the order of drawing.
    mutating func take(_ id: Int64) -> Bool {
        guard let row = index.trackRows[id] else { return true }
        let artist = index.tracks[Int(row)].artist
        if tracksOfArtist[artist, default: 0] >= plan.maxPerArtist { return remove(.artistCap) }
        tracksOfArtist[artist, default: 0] += 1
        return true
    }

    private mutating func remove(_ filter: ListFilter) -> Bool {
        removed[filter, default: 0] += 1
        return false
    }
}

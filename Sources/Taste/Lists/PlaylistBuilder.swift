import Foundation

/// Makes a list to listen to out of ranked candidates: what fits, in proportion, with variety, in a good order.
public struct PlaylistBuilder: Sendable {
    private struct Edition: Hashable {
        var artist: Int32
        var title: UInt64
    }

    /// What a track of unknown length is counted with.
    private static let usualDurationS = 210.0
    /// Share of the time asked for that one track may take while shorter ones fit.
    private static let longestShare = 0.5

    private let index: CatalogIndex
    private let plan: PlaylistPlan
    private var generator: SeededGenerator
    private var seen: Set<TrackID> = []
    /// The best ranked track of each edition.
    private var editions: [Edition: TrackID] = [:]
    private var tracksOfArtist: [Int32: Int] = [:]
    private var seconds = 0.0
    private(set) var chosen: [RankedTrack] = []
    private(set) var removed: [ListFilter: Int] = [:]

    /// Prepares to build by a plan.
    public init(index: CatalogIndex, plan: PlaylistPlan) {
        self.index = index
        self.plan = plan
        generator = SeededGenerator(seed: plan.seed)
    }

    /// Builds a list.
    ///
    /// - Parameter candidates: Ranked tracks, the best first; some times as many as wanted, so that there is a choice.
    /// - Returns: The list, shorter than planned if fewer candidates fit.
    public func build(from candidates: [RankedTrack]) -> BuiltPlaylist {
        var builder = self
        builder.fill(from: candidates)
        if builder.chosen.isEmpty { builder.fill(from: candidates, isLongAllowed: true) }
        return builder.playlist
    }

    /// Whether the list is as long as planned.
    var isFull: Bool {
        chosen.count >= plan.totalTracks || plan.totalS.map { seconds > $0 - Self.usualDurationS / 2 } ?? false
    }

    /// The list in the order to play.
    var playlist: BuiltPlaylist {
        BuiltPlaylist(tracks: PlaylistOrder(index: index, plan: plan).ordered(chosen), removed: removed)
    }

    /// Takes more candidates, those that fit better before those that fit less.
    ///
    /// - Parameters:
    ///   - candidates: The best first.
    ///   - isDrawn: Whether chance has a say in the order.
    ///   - maxPerArtist: Tracks of one artist at most; nil is as planned.
    ///   - isLongAllowed: Whether the only track may take up more than its share of the minutes.
    mutating func fill(
        from candidates: @autoclosure () -> [RankedTrack], isDrawn: Bool = true, maxPerArtist: Int? = nil,
        isLongAllowed: Bool = false
    ) {
        guard !isFull else { return }
        var allowed: [RankedTrack] = []
        for track in candidates() where !seen.contains(track.trackID) && isBestEdition(track.trackID) {
            allowed.append(track)
        }
        for (_, equal) in Dictionary(grouping: allowed, by: \.fit.step).sorted(by: { $0.key > $1.key }) {
            if isFull { return }
            let ordered = isDrawn ? CandidateDraw.drawn(equal, for: plan.totalTracks, using: &generator) : equal
            take(ordered, isLongAllowed: isLongAllowed, maxPerArtist: maxPerArtist ?? plan.maxPerArtist)
        }
    }

    private mutating func take(_ candidates: [RankedTrack], isLongAllowed: Bool, maxPerArtist: Int) {
        for track in candidates where !isFull && !seen.contains(track.trackID) {
            let durationS = index.durationS(ofTrack: track.trackID) ?? Self.usualDurationS
            guard fits(durationS, isLongAllowed: isLongAllowed) else { continue }
            if let row = index.trackRows[track.trackID] {
                let artist = index.tracks[Int(row)].artist
                if tracksOfArtist[artist, default: 0] >= maxPerArtist {
                    removed[.artistCap, default: 0] += 1
                    continue
                }
                tracksOfArtist[artist, default: 0] += 1
            }
            seen.insert(track.trackID)
            chosen.append(track)
            seconds += durationS
        }
    }

    /// Whether a track brings the list nearer to the time asked for, and does not take up most of it.
    private func fits(_ durationS: Double, isLongAllowed: Bool) -> Bool {
        guard let totalS = plan.totalS else { return true }
        guard durationS <= totalS * Self.longestShare || isLongAllowed && chosen.isEmpty else { return false }
        return seconds + durationS / 2 <= totalS || chosen.isEmpty
    }

    private mutating func isBestEdition(_ id: TrackID) -> Bool {
        guard let row = index.trackRows[id] else { return true }
        let track = index.tracks[Int(row)]
        let edition = Edition(artist: track.artist, title: track.edition)
        let best = editions[edition] ?? id
        editions[edition] = best
        if best == id { return true }
        removed[.duplicate, default: 0] += 1
        return false
    }
}

extension Fit {
    /// The fit as a number to order by.
    fileprivate var step: Int {
        switch self {
        case .none: .min
        case .near: .min + 1
        case .asked(let step): step
        }
    }
}

extension CatalogIndex {
    func durationS(ofTrack id: TrackID) -> Double? {
        guard let row = trackRows[id], tracks[Int(row)].durationS > 0 else { return nil }
        return Double(tracks[Int(row)].durationS)
    }
}

import Foundation

/// Makes a list to listen to out of ranked candidates: what fits, in proportion, with variety, in a good order.
public struct PlaylistBuilder: Sendable {
    private let index: MusicIndex
    private let plan: PlaylistPlan

    /// Prepares to build by a plan.
    public init(index: MusicIndex, plan: PlaylistPlan) {
        self.index = index
        self.plan = plan
    }

    /// Builds a list.
    ///
    /// - Parameter candidates: Ranked tracks, the best first; some times as many as wanted, so that there is a choice.
    /// - Returns: The list, shorter than planned if fewer candidates fit.
    public func build(from candidates: [RankedTrack]) -> BuiltPlaylist {
        var filters = CandidateFilters(index: index, plan: plan)
        let fitting = candidates.filter { filters.allow($0.trackID) }
        let chosen = cutToLength(inProportion(shuffled(fitting)), filters: &filters)
        return BuiltPlaylist(tracks: PlaylistOrder(index: index).ordered(chosen), removed: filters.removed)
    }

    /// Draws without replacement, the chance of a place falling with its rank (the Gumbel-max trick, which sorts by
    /// log-weight plus Gumbel noise).
    private func shuffled(_ candidates: [RankedTrack]) -> [RankedTrack] {
        var generator = SeededGenerator(seed: plan.seed)
        let keyed = candidates.enumerated().map { rank, track in
            let uniform = Double.random(in: Double.leastNonzeroMagnitude..<1, using: &generator)
            let logWeight = -Self.steepness * log(Double(rank) + Double(plan.totalTracks) * Self.flatPart)
            return (key: logWeight - log(-log(uniform)), track: track)
        }
        return keyed.sorted { $0.key > $1.key }.map(\.track)
    }

    /// Chance of a rank: (rank + flat part)^-steepness, so that the first few are as good as sure without being fixed.
    private static let steepness = 4.0
    private static let flatPart = 0.5

    /// Deals slots to the interests, the known and the new of each apart, in the proportion in which the candidates have
    /// them.
    private func inProportion(_ candidates: [RankedTrack]) -> [RankedTrack] {
        let groups = Dictionary(grouping: candidates) { 2 * ($0.interest ?? -1) + ($0.ground == .played ? 0 : 1) }
        guard groups.count > 1 else { return candidates }
        var quota = Quota(importance: groups.mapValues { Double($0.count) })
        var queues = groups.mapValues { $0[...] }
        var dealt: [RankedTrack] = []
        while let group = quota.next() {
            if let track = queues[group]?.popFirst() { dealt.append(track) } else { quota.close(group) }
        }
        return dealt
    }

    private func cutToLength(_ candidates: [RankedTrack], filters: inout CandidateFilters) -> [RankedTrack] {
        var chosen: [RankedTrack] = []
        var seconds = 0.0
        for track in candidates {
            if chosen.count >= plan.totalTracks { break }
            if let totalS = plan.totalS, seconds >= totalS { break }
            guard filters.take(track.trackID) else { continue }
            chosen.append(track)
            seconds += index.durationS(ofTrack: track.trackID) ?? Self.usualDurationS
        }
        return chosen
    }

    /// What a track of unknown length is counted with.
    private static let usualDurationS = 210.0
}

extension MusicIndex {
    /// Makes a playlist out of ranked candidates.
    public func playlist(from candidates: [RankedTrack], plan: PlaylistPlan) -> BuiltPlaylist {
        PlaylistBuilder(index: self, plan: plan).build(from: candidates)
    }

    func durationS(ofTrack id: Int64) -> Double? {
        guard let row = trackRows[id], tracks[Int(row)].durationS > 0 else { return nil }
        return Double(tracks[Int(row)].durationS)
    }
}

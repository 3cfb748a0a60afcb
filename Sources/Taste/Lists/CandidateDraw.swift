import Foundation

/// Chance in the order of candidates that fit equally.
enum CandidateDraw {
    /// Chance of a rank: (rank + flat part)^-steepness, so that the first few are as good as sure without being fixed.
    private static let steepness = 4.0
    private static let flatPart = 0.5

    /// Draws all candidates, the chance of a place falling with its rank, and deals them to interests in proportion.
    static func drawn(
        _ candidates: [RankedTrack], for totalTracks: Int, using generator: inout SeededGenerator
    ) -> [RankedTrack] {
        inProportion(shuffled(candidates, totalTracks, &generator))
    }

    /// Draws without replacement by the Gumbel-max trick, which sorts by log-weight plus Gumbel noise.
    private static func shuffled(
        _ candidates: [RankedTrack], _ totalTracks: Int, _ generator: inout SeededGenerator
    ) -> [RankedTrack] {
        let keys = candidates.indices.map { rank in
            let uniform = Double.random(in: Double.leastNonzeroMagnitude..<1, using: &generator)
            let logWeight = -steepness * log(Double(rank) + Double(totalTracks) * flatPart)
            return logWeight - log(-log(uniform))
        }
        return keys.indices.sorted { keys[$0] > keys[$1] }.map { candidates[$0] }
    }

    /// Deals slots to the interests, the known and the new of each apart, in the proportion in which the candidates have
    /// them.
    private static func inProportion(_ candidates: [RankedTrack]) -> [RankedTrack] {
        let groups = Dictionary(grouping: candidates) { 2 * ($0.interest ?? -1) + ($0.origin == .played ? 0 : 1) }
        guard groups.count > 1 else { return candidates }
        var quota = Quota(importance: groups.mapValues { Double($0.count) })
        var queues = groups.mapValues { $0[...] }
        var dealt: [RankedTrack] = []
        while let group = quota.next() {
            if let track = queues[group]?.popFirst() { dealt.append(track) } else { quota.close(group) }
        }
        return dealt
    }
}

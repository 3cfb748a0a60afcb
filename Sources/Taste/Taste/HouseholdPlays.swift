public import Foundation

/// What everybody in a home plays, for lists of those of whom little is known yet.
public struct HouseholdPlays: Equatable, Sendable {
    /// The counter that fades by half in 64 days.
    private static let lane = 3

    /// Tracks with how often they were played of late, the most played first.
    let tracks: [ScoredTrack]

    /// Nobody plays anything.
    public init() { tracks = [] }

    /// Adds up tastes as of a time.
    public init(_ tastes: some Sequence<ProfileTaste>, at now: Date) {
        var sums: [TrackID: ScoredTrack] = [:]
        for taste in tastes {
            for (id, counters) in taste.counters {
                var track = sums[id] ?? ScoredTrack(score: 0, last: counters.last, id: id)
                track.score += counters.faded(at: now)[Self.lane]
                track.last = max(track.last, counters.last)
                sums[id] = track
            }
        }
        tracks = sums.values.sorted(by: >)
    }
}

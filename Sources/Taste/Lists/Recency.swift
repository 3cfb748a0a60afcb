public import Foundation

/// When tracks were last listed or heard, as far as the no-repeat window reaches back.
///
/// It holds the times as callers have them and looks a track up only when a list comes to it: windows hold thousands of
/// tracks, of which a list meets few.
public struct Recency: Equatable, Sendable {
    /// Parts of the window, the longest first, by which the tracks that were unheard longest are found.
    private static let shares = [0.5, 0.25, 0.125]

    private let now: Date
    private let windowS: Double
    /// Last times by track, one dictionary for each reason not to repeat it.
    private let latest: [[TrackID: Date]]
    /// The tracks that must not come again yet.
    private let tracks: TrackSet

    /// Says nothing of any track.
    public static let nothing = Recency(now: .distantPast, windowS: 0, latest: [])

    /// Takes what was listed or heard.
    ///
    /// - Parameters:
    ///   - now: As if it were that time.
    ///   - windowS: How many seconds a track is recent.
    ///   - latest: Last times by track; older ones than the window do no harm.
    public init(now: Date, windowS: Double, latest: [[TrackID: Date]]) {
        self.now = now
        self.windowS = windowS
        self.latest = latest.filter { !$0.isEmpty }
        var tracks = TrackSet()
        for latest in self.latest {
            for (track, last) in latest where now.timeIntervalSince(last) <= windowS { tracks.insert(track) }
        }
        self.tracks = tracks
    }

    /// How many tracks it may know, at most.
    var mostTracks: Int { latest.reduce(0) { $0 + $1.count } }

    /// Whether a track must not come again yet.
    func contains(_ track: TrackID) -> Bool { tracks.contains(track) }

    /// How lately a track was heard: 0 is the longest ago, 3 is now, nil is before the window.
    func step(of track: TrackID) -> Int? {
        guard contains(track), let last = latest.lazy.compactMap({ $0[track] }).max() else { return nil }
        let age = now.timeIntervalSince(last)
        return age > windowS ? nil : Self.shares.count { age <= windowS * $0 }
    }
}

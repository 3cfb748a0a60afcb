public import Foundation

/// What somebody can say of a track.
public enum Verdict: String, Codable, CaseIterable, Sendable {
    /// More of this track, and of its artist.
    case like
    /// Not this track, and less of its artist.
    case dislike
    /// Never this track.
    case banTrack = "ban_track"
    /// Nothing by this track's artist, ever.
    case banArtist = "ban_artist"
    /// Not this track for a while.
    case snooze

    private static let snoozeS = 30 * 86_400.0

    /// How long it counts, in seconds; nil is until it is taken back.
    public var lastsS: TimeInterval? { self == .snooze ? Self.snoozeS : nil }
}

/// A verdict on a track, as far as lists are concerned.
public struct GivenVerdict: Equatable, Sendable {
    /// What was said.
    public var verdict: Verdict
    /// Of which track.
    public var trackID: Int64
    /// Its artist, by ``TrackIdentity/artistKey(of:)``; empty if it has none.
    public var artistKey: String
    /// When.
    public var givenAt: Date

    /// Creates a verdict.
    public init(_ verdict: Verdict, trackID: Int64, artistKey: String, givenAt: Date) {
        self.verdict = verdict
        self.trackID = trackID
        self.artistKey = artistKey
        self.givenAt = givenAt
    }

    /// Whether it counts at a time.
    func counts(at time: Date) -> Bool {
        givenAt <= time && verdict.lastsS.map { time.timeIntervalSince(givenAt) < $0 } ?? true
    }
}

public import Foundation

/// How a play ended, and so what it is worth.
public enum PlayOutcome: String, Codable, Sendable, CaseIterable {
    /// Half of the track, or four minutes of it, was heard.
    case completed
    /// Heard for a while, then stopped or left.
    case partial
    /// Another track took its place early.
    case skipped
    /// No listen at all; the play's `reason` says why.
    case ignored
}

/// One stretch of one track on one speaker, over.
public struct Play: Equatable, Codable, Sendable {
    /// The speaker, aliases resolved.
    public var speakerName: String
    /// What was played, as sent.
    public var media: Media
    /// When it began.
    public var startedAt: Date
    /// When it was last heard.
    public var endedAt: Date
    /// Seconds really heard: wall-clock time in `playing`, no pauses, no seeks.
    public var playedS: Double
    /// What it is worth.
    public var outcome: PlayOutcome
    /// Why it ended so, in words for a person; always set when ignored.
    public var reason: String?

    /// Creates a play that is over.
    public init(
        speakerName: String, media: Media, startedAt: Date, endedAt: Date, playedS: Double, outcome: PlayOutcome,
        reason: String? = nil
    ) {
        self.speakerName = speakerName
        self.media = media
        self.startedAt = startedAt
        self.endedAt = endedAt
        self.playedS = playedS
        self.outcome = outcome
        self.reason = reason
    }
}

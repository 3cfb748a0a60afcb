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
    /// Seconds really heard: time in which it was seen playing, no pauses, no seeks.
    public var playedS: Double
    /// What it is worth.
    public var outcome: PlayOutcome
    /// Why it ended so, in words for a person; always set when ignored.
    public var reason: String?

    /// Whether it was marked while it played.
    public var isMarked: Bool
    /// What was seen of it; nil when nobody saw it.
    public var account: PlayAccount?

    /// Creates a play that is over.
    public init(
        speakerName: String, media: Media, startedAt: Date, endedAt: Date, playedS: Double, outcome: PlayOutcome,
        reason: String? = nil, isMarked: Bool = false, account: PlayAccount? = nil
    ) {
        self.speakerName = speakerName
        self.media = media
        self.startedAt = startedAt
        self.endedAt = endedAt
        self.playedS = playedS
        self.outcome = outcome
        self.reason = reason
        self.isMarked = isMarked
        self.account = account
    }
}

extension Play {
    /// Reads a play; one that an earlier version wrote has no mark and no account.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            speakerName: try container.decode(String.self, forKey: .speakerName),
            media: try container.decode(Media.self, forKey: .media),
            startedAt: try container.decode(Date.self, forKey: .startedAt),
            endedAt: try container.decode(Date.self, forKey: .endedAt),
            playedS: try container.decode(Double.self, forKey: .playedS),
            outcome: try container.decode(PlayOutcome.self, forKey: .outcome),
            reason: try container.decodeIfPresent(String.self, forKey: .reason),
            isMarked: try container.decodeIfPresent(Bool.self, forKey: .isMarked) ?? false,
            account: try container.decodeIfPresent(PlayAccount.self, forKey: .account))
    }
}

/// What a speaker plays at the moment.
public struct NowPlaying: Equatable, Sendable {
    /// What it is.
    public var media: Media
    /// `playing`, `paused` or `buffering`; `unknown` while the speaker cannot be heard.
    public var state: PlayerState
    /// When it began.
    public var startedAt: Date
    /// Whether it was marked with ``HomeTracker/mark(_:)``.
    public var isMarked: Bool
}

/// What was seen of a play, so that a person can see why it counts as it does.
public struct PlayAccount: Codable, Equatable, Sendable {
    /// A stretch of time in which the speaker was seen playing the track.
    public struct Stretch: Codable, Equatable, Sendable {
        /// When it began.
        public var from: Date
        /// When it ended.
        public var to: Date
        /// The source that saw it, with its name for the speaker.
        public var source: String
        /// The speaker whose listen it is, when it was played along with that one.
        public var following: String?
    }

    /// All stretches, of a play with very many the last ones.
    public var stretches: [Stretch]
    /// The report that began it.
    public var began: String
    /// The report that ended it, or the reason without a report.
    public var ended: String

    init(_ ended: EndedPlay, date: (Double) -> Date) {
        stretches = ended.play.seen.stretches.map {
            Stretch(from: date($0.from), to: date($0.to), source: $0.reporter, following: $0.lead)
        }
        began = ended.play.origin.cause.text
        self.ended = ended.cause.text
    }
}

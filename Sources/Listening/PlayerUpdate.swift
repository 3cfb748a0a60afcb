/// What a speaker says it is doing, whatever software says it.
public enum PlayerState: String, Codable, Sendable, CaseIterable {
    case playing
    case paused
    /// Between two sounds: the player works on going on. Counts as neither playing nor over.
    case buffering
    case idle
    case off
    case unavailable
    /// The dialect knows the speaker but not its state.
    case unknown
}

/// A position in a track as a player reported it.
public struct ReportedPosition: Hashable, Codable, Sendable {
    /// Seconds into the track when the player looked.
    public var seconds: Double
    /// How long before the report the player looked, in seconds.
    public var ageS: Double
    /// When the player read the position, as it says; it distinguishes a new report from one that is sent again.
    public var stamp: Double?

    /// Creates a report.
    public init(seconds: Double, ageS: Double = 0, stamp: Double? = nil) {
        self.seconds = seconds
        self.ageS = max(0, ageS)
        self.stamp = stamp
    }
}

/// One speaker's whole state at one moment: the only thing dialects hand to the play tracker.
public struct PlayerUpdate: Equatable, Codable, Sendable {
    /// The name the dialect has for the speaker, aliases not yet resolved.
    public var speakerName: String
    /// Which of the configured sources says it.
    public var source: String
    /// What the speaker is doing.
    public var state: PlayerState
    /// What it plays; nil when nothing is known or nothing plays.
    public var media: Media?
    /// Where in the track it is, if it says so.
    public var position: ReportedPosition?
    /// Names of the speakers that play together; empty when the speaker says nothing of a group.
    public var groupMembers: [String]
    /// The queue it plays from, which all members of a group share.
    public var queue: String?
    /// Whether this is the broker's memory and not news: it says what the state was, but is never evidence of listening.
    public var isReplay: Bool
    /// When the update was received.
    public var at: Moment

    /// Creates an update.
    public init(
        speakerName: String, source: String = "", state: PlayerState, media: Media? = nil,
        position: ReportedPosition? = nil, groupMembers: [String] = [], queue: String? = nil, isReplay: Bool = false,
        at: Moment
    ) {
        self.speakerName = speakerName
        self.source = source
        self.state = state
        self.media = media
        self.position = position
        self.groupMembers = groupMembers
        self.queue = queue
        self.isReplay = isReplay
        self.at = at
    }

    /// Identifies who reports: a source may know a speaker by several names, and two sources may know it by one.
    var reporter: String { source.isEmpty ? speakerName : "\(source) \(speakerName)" }
}

public import Foundation

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

/// What the sound is.
///
/// Only music is ever a listen.
public enum MediaKind: String, Codable, Sendable {
    case music
    case announcement
    case advert
    /// Television, podcasts, line-in, audio books: heard, but no music.
    case other
}

/// One thing a player plays, as far as the player says.
///
/// Strings stay as they were sent.
public struct Media: Hashable, Codable, Sendable {
    /// Title as sent; a sound without one is nothing that could be a listen.
    public var title: String?
    /// Artist as sent, several joined by the player or by `, `.
    public var artist: String?
    /// Album as sent.
    public var album: String?
    /// The player's own content id.
    public var uri: String?
    /// Length in seconds; nil when unknown, zero or absurd.
    public var durationS: Double?
    /// What kind of sound this is.
    public var kind: MediaKind

    /// Creates a description of what plays; everything but the kind may be unknown.
    public init(
        title: String? = nil, artist: String? = nil, album: String? = nil, uri: String? = nil,
        durationS: Double? = nil, kind: MediaKind = .music
    ) {
        self.title = title
        self.artist = artist
        self.album = album
        self.uri = uri
        self.durationS = durationS
        self.kind = kind
    }
}

/// One speaker's whole state at one moment: the only thing dialects hand to the play tracker.
public struct PlayerUpdate: Equatable, Codable, Sendable {
    /// The name the dialect has for the speaker, aliases not yet resolved.
    public var speakerName: String
    /// What the speaker is doing.
    public var state: PlayerState
    /// What it plays; nil when nothing is known or nothing plays.
    public var media: Media?
    /// Position in the track in seconds, true at `positionAt`.
    public var positionS: Double?
    /// When the position was true; nil means at `at`.
    public var positionAt: Date?
    /// Names of the speakers that play together, the leader first; empty when the speaker is alone.
    public var groupMembers: [String]
    /// Whether this is the broker's memory and not news: it tells a state, but is never evidence of listening.
    public var isReplay: Bool
    /// When the update was received.
    public var at: Date

    /// Creates an update.
    public init(
        speakerName: String, state: PlayerState, media: Media? = nil, positionS: Double? = nil,
        positionAt: Date? = nil, groupMembers: [String] = [], isReplay: Bool = false, at: Date
    ) {
        self.speakerName = speakerName
        self.state = state
        self.media = media
        self.positionS = positionS
        self.positionAt = positionAt
        self.groupMembers = groupMembers
        self.isReplay = isReplay
        self.at = at
    }
}

public import Foundation
public import Taste
public import Wire

/// A list for a profile or a guest, with a reason for each track.
public struct Playlist: Equatable, Sendable {
    /// One track of a playlist.
    public struct Entry: Equatable, Sendable {
        public var track: Track
        /// What it was ranked with.
        public var score: Double
        public var reason: Reason
        /// What the score is made of; known while a list is made, and not kept with it.
        public var terms: [ScoreTerm]
        /// Its address in each library, where several are configured and the speaker has none of them.
        public var uris: [String: String]?

        /// Creates an entry.
        public init(
            track: Track, score: Double, reason: Reason, terms: [ScoreTerm] = [], uris: [String: String]? = nil
        ) {
            self.track = track
            self.score = score
            self.reason = reason
            self.terms = terms
            self.uris = uris
        }
    }

    /// Why a track is there.
    public struct Reason: Codable, Equatable, Sendable {
        /// What it rests on: `played`, `interest`, `vibe`, `popular` or `start`.
        public var kind: String
        /// A sentence without its subject: "because you played it 9 times, last on Monday".
        public var text: String
        /// Name of the interest of the profile that the track serves.
        @ExplicitNull public var interest: String?
        /// Names of the profiles that the track counts for; nil on a list that is not several people's.
        @ExplicitNull public var `for`: [String]?

        public init(kind: String, text: String, interest: String? = nil, for names: [String]? = nil) {
            self.kind = kind
            self.for = names
            self.text = text
            self.interest = interest
        }
    }

    /// Unique id.
    public var id: String
    /// When it was made.
    public var createdAt: Date
    /// The speaker it is for, if any.
    public var speakerName: String?
    /// Name of the profile it is for; nil is a guest's.
    public var profileName: String?
    /// Names of the profiles of a list for several, which has no single one.
    public var profiles: [String]?
    /// The rule that decided for whom the list is.
    public var rule: AttributionRule
    /// What was asked for in words.
    public var vibe: String?
    /// How the words were understood.
    public var understood: String?
    /// Whether it was ranked by sound, too.
    public var sound = SoundUse.none
    /// Known or new music.
    public var mode: RankingMode
    /// Whether the speaker should begin to play at once.
    public var autoPlay: Bool
    /// Its tracks, in order.
    public var entries: [Entry]
    /// What a person should know of it, each a sentence in one line.
    public var notes: [String]

    /// Whether it is for a profile, alone or with others.
    public func isFor(_ name: String) -> Bool { profileName == name || profiles?.contains(name) == true }

    /// Sum of the known durations in seconds.
    public var durationS: Double { entries.reduce(0) { $0 + ($1.track.details.durationS ?? 0) } }

    /// Creates a playlist.
    public init(
        id: String, createdAt: Date, speakerName: String?, profileName: String?, rule: AttributionRule,
        vibe: String?, understood: String?, mode: RankingMode, autoPlay: Bool, entries: [Entry],
        notes: [String] = []
    ) {
        self.id = id
        self.createdAt = createdAt
        self.speakerName = speakerName
        self.profileName = profileName
        self.rule = rule
        self.vibe = vibe
        self.understood = understood
        self.mode = mode
        self.autoPlay = autoPlay
        self.entries = entries
        self.notes = notes
    }
}

/// Reads what was generated.
public protocol PlaylistReading {
    /// The playlist with this id.
    func playlist(_ id: String) throws -> Playlist?
    /// Playlists, the newest first, older than the one with the cursor's id.
    func playlists(limit: Int, after cursor: String?) throws -> [Playlist]
    /// The newest playlist that was sent to a speaker.
    func lastPlaylist(onSpeaker name: String) throws -> Playlist?
    /// Whether a guest's list was made before a time.
    func hasGuestLists(before time: Date) throws -> Bool
    /// The newest playlists as far as they stand in the way of repeating tracks, the oldest first.
    func listings(limit: Int) throws -> [Listing]
}

/// Keeps what was generated.
public protocol PlaylistWriting: PlaylistReading {
    /// Keeps a playlist; the oldest go beyond the limit.
    func insertPlaylist(_ playlist: Playlist, keeping limit: Int) throws
    /// Deletes the guests' lists that were made before a time.
    func deleteGuestLists(before time: Date) throws
}

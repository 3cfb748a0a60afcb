public import Foundation

/// A profile as every front door shows it.
public struct ProfileView: Codable, Equatable, Sendable {
    /// Counts of a profile's completed and partial listens.
    public struct Stats: Codable, Equatable, Sendable {
        /// How many listens.
        public var eventCount: Int
        /// Of how many tracks.
        public var trackCount: Int
        /// When the newest began.
        @ExplicitNull public var lastListen: Date?
    }

    /// Which taste it is.
    public struct Taste: Codable, Equatable, Sendable {
        /// Grows with every change.
        public var version: Int
        /// When it last changed.
        @ExplicitNull public var builtAt: Date?
        /// Artists it likes most, the first the most.
        public var topArtists: [String]
        /// What it likes by name, the first the most.
        public var interests: [String]
    }

    /// Permanent name.
    public var name: String
    /// What people call it.
    public var displayName: String
    /// When it was created.
    public var createdAt: Date
    /// Names of its speakers.
    public var speakers: [String]
    /// What it heard.
    public var stats: Stats
    /// What it likes.
    public var taste: Taste
}

/// A rebuild as every front door shows it.
public struct TasteBuildView: Codable, Equatable, Sendable {
    /// Whose taste.
    public var profile: String
    /// Version of the taste.
    public var version: Int
    /// Listens it is made of.
    public var eventCount: Int
    /// How long it took, in milliseconds.
    public var durationMs: Double
}

/// What removing a profile did.
public struct ProfileRemovalView: Codable, Equatable, Sendable {
    /// The profile that is gone.
    public var name: String
    /// Its listens, which went to `default` or are gone too.
    public var eventCount: Int
    /// What brings profile and listens back; null when nothing was done, or nothing can be undone.
    @ExplicitNull public var undoId: String?
}

/// A profile's new token.
public struct ProfileTokenView: Codable, Equatable, Sendable {
    /// Whose it is.
    public var profile: String
    /// The token; shown this once, since only its hash is kept.
    public var token: String
    /// When it was made.
    public var createdAt: Date
}

/// What giving speakers to a profile did.
public struct ProfileSpeakersView: Codable, Equatable, Sendable {
    /// The profile.
    public var name: String
    /// All its speakers now.
    public var speakers: [String]
    /// Speaker → the profile it was taken from.
    public var taken: [String: String]
    /// Speakers that nobody's mapping names any more.
    public var released: [String]
}

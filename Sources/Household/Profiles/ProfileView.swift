public import Foundation
import Taste
public import Wire

/// A profile in JSON.
public struct ProfileView: Codable, Equatable, Sendable {
    /// Counts of completed and partial listens.
    public struct Stats: Codable, Equatable, Sendable {
        /// Number of listens.
        public var eventCount: Int
        /// Number of different tracks.
        public var trackCount: Int
        /// When the newest began.
        @ExplicitNull public var lastListen: Date?
    }

    /// The taste, in a few words.
    public struct Taste: Codable, Equatable, Sendable {
        /// Grows with every change.
        public var version: Int
        /// When it last changed.
        @ExplicitNull public var builtAt: Date?
        /// The artists it likes most, the strongest first.
        public var topArtists: [String]
        /// Names of its interests, the strongest first.
        public var interests: [String]
    }

    /// Permanent name.
    public var name: String
    /// What people call it.
    public var displayName: String
    /// When it was created.
    public var createdAt: Date
    /// Full names of its speakers.
    public var speakers: [String]
    /// What it heard.
    public var stats: Stats
    /// What it likes.
    public var taste: Taste
}

extension Household {
    /// The view of a profile as it is now.
    func view(of profile: Profile) throws -> ProfileView {
        let taste = try tastes.taste(of: profile, in: store)
        return ProfileView(
            name: profile.name, displayName: profile.displayName, createdAt: profile.createdAt,
            speakers: roster.speakerNames(of: profile),
            stats: .init(
                eventCount: taste.stats.eventCount, trackCount: taste.stats.trackCount,
                lastListen: taste.stats.lastListen),
            taste: .init(
                version: taste.stamp.version, builtAt: taste.stamp.builtAt,
                topArtists: taste.summary?.topArtists ?? [], interests: taste.summary?.interests ?? []))
    }

    /// Reports the view of a profile to the observer, whether it changed or not.
    func report(_ profile: Profile) {
        guard let view = try? view(of: profile) else { return }
        observer.householdDid(.profileChanged(view))
    }
}

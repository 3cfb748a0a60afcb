public import Foundation
public import Listening
public import Taste

/// A speaker as every front door shows it.
public struct SpeakerView: Codable, Equatable, Sendable {
    /// What plays on a speaker.
    public struct NowPlaying: Codable, Equatable, Sendable {
        /// Title as sent.
        @ExplicitNull public var title: String?
        /// Artist as sent.
        @ExplicitNull public var artist: String?
        /// Album as sent.
        @ExplicitNull public var album: String?
        /// Player's content id.
        @ExplicitNull public var uri: String?
        /// Seconds it lasts.
        @ExplicitNull public var durationS: Double?
        /// What the speaker does.
        public var state: PlayerState
        /// When the play began.
        public var startedAt: Date
    }

    /// The newest list of a speaker, without its tracks.
    public struct LastPlaylist: Codable, Equatable, Sendable {
        /// Its id.
        public var id: String
        /// When it was made.
        public var createdAt: Date
        /// What was asked for.
        @ExplicitNull public var vibe: String?
        /// Whose it is.
        @ExplicitNull public var profile: String?
        /// How many tracks.
        public var trackCount: Int
        /// Artists and titles in order, as many as fit into ``Limits/listedTitlesBytes``.
        public var tracks: [String]

        private static func titles(of playlist: Playlist) -> [String] {
            var bytes = 0
            return Array(
                playlist.entries.lazy.map { entry in
                    let track = entry.track.description
                    return [track.artist, track.title].compactMap { $0 }.joined(separator: " – ")
                }.prefix { title in
                    bytes += title.utf8.count
                    return bytes <= Limits.listedTitlesBytes
                })
        }

        init(_ playlist: Playlist) {
            id = playlist.id
            createdAt = playlist.createdAt
            vibe = playlist.vibe
            profile = playlist.profileName
            trackCount = playlist.entries.count
            tracks = Self.titles(of: playlist)
        }
    }

    /// Full name.
    public var speakerName: String
    /// Its level in topics.
    public var topic: String
    /// Whose its plays are for now; null is nobody's.
    @ExplicitNull public var profile: String?
    /// Why they are.
    public var rule: AttributionRule
    /// The profile it belongs to, guest or not; null is nobody.
    @ExplicitNull public var mapping: String?
    /// Whether it stores nothing.
    public var guest: Bool
    /// How many tracks its lists have when a request does not say.
    public var totalTracks: Int
    /// Which music its lists have when a request does not say.
    public var mode: RankingMode
    /// What it plays.
    @ExplicitNull public var nowPlaying: NowPlaying?
    /// Its newest list.
    @ExplicitNull public var lastPlaylist: LastPlaylist?
}

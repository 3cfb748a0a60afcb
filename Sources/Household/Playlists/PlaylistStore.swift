public import Foundation

/// Reads what was generated.
public protocol PlaylistReading {
    /// The playlist with this id.
    func playlist(_ id: String) throws -> Playlist?
    /// Playlists, the newest first, older than the one with the cursor's id.
    func playlists(limit: Int, after cursor: String?) throws -> [Playlist]
    /// The newest playlist of a speaker.
    func lastPlaylist(onSpeaker name: String) throws -> Playlist?
    /// Whether a guest's list was made before a time.
    func hasGuestLists(before time: Date) throws -> Bool
    /// Tracks listed for a profile, or for guests when nil, since a time.
    func trackIDs(listedSince: Date, profileName: String?) throws -> Set<Track.ID>
}

/// Keeps what was generated.
public protocol PlaylistWriting: PlaylistReading {
    /// Keeps a playlist; the oldest go beyond the limit.
    func insertPlaylist(_ playlist: Playlist, keeping limit: Int) throws
    /// Deletes the guests' lists that were made before a time.
    func deleteGuestLists(before time: Date) throws
}

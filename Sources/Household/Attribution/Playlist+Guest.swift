import Foundation
import Listening
import Taste

extension Playlist {
    /// How much earlier than its list a play may have begun, in seconds: players are quick, and clocks differ.
    private static let startToleranceS = 1.0

    /// Whether a play that began then can be one of this list's.
    func comes(before startedAt: Date) -> Bool { startedAt >= createdAt.addingTimeInterval(-Self.startToleranceS) }

    /// Whether a sound is one of this list's songs, in whatever edition and however its artists are written.
    ///
    /// More generous than what makes two tracks one: of a guest's song, a wrong yes costs a listen, a wrong no a secret.
    func contains(_ media: Media) -> Bool {
        guard let title = media.title else { return false }
        let song = TrackIdentity.editionKey(of: title)
        let artists = media.artist.map(Self.artistKeys)
        return entries.contains { entry in
            let track = entry.track.description
            if let uri = media.uri, entry.track.uri == uri { return true }
            guard TrackIdentity.editionKey(of: track.title) == song else { return false }
            guard let artists, let listed = track.artist.map(Self.artistKeys) else { return true }
            return !artists.isDisjoint(with: listed)
        }
    }

    private static func artistKeys(of artist: String) -> Set<String> {
        Set([TrackIdentity.artistKey(of: artist), TrackIdentity.leadArtist(of: artist)].compactMap { $0 })
    }
}

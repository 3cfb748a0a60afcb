import Foundation
public import Household
import Wire

/// Writes playlists as JSPF, which players and other services read.
///
/// https://www.xspf.org/jspf
public enum PlaylistFileWriter {
    private struct File: Encodable {
        var playlist: List
    }

    private struct List: Encodable {
        var title: String
        var creator: String?
        var date: Date
        var annotation: String?
        var track: [Track]
    }

    private struct Track: Encodable {
        var location: [String]?
        var title: String
        var creator: String?
        var album: String?
        /// In milliseconds.
        var duration: Int?
        var annotation: String
    }

    /// The name of a playlist's file, as in `20261122T180405Z-ID.jspf`: the order by name is that by time.
    public static func fileName(of playlist: Playlist) -> String {
        let time = RFC3339.string(from: playlist.createdAt).filter { $0.isLetter || $0.isNumber }
        return "\(time)-\(playlist.id).jspf"
    }

    /// Writes a playlist.
    ///
    /// The annotation of a track is the reason why it was chosen.
    ///
    /// - Parameter playlist: The playlist.
    /// - Returns: The whole file.
    /// - Throws: What the encoder throws. It throws nothing for playlists.
    public static func jspf(_ playlist: Playlist) throws -> String {
        let tracks = playlist.entries.map { entry in
            let track = entry.track.details
            return Track(
                location: track.uri.map { [$0] }, title: track.title, creator: track.artist, album: track.album,
                duration: ListenFileWriter.milliseconds(track.durationS), annotation: entry.reason.text)
        }
        let list = List(
            title: playlist.vibe ?? "Playlist", creator: playlist.profileName, date: playlist.createdAt,
            annotation: playlist.understood, track: tracks)
        return String(decoding: try WireJSON.encode(File(playlist: list), pretty: true), as: UTF8.self) + "\n"
    }
}

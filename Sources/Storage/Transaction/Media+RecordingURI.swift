import Foundation
import Listening

extension Media {
    private static let fileEndings = [".aac", ".flac", ".m4a", ".mp3", ".ogg", ".opus", ".wav", ".wma"]

    /// The uri if it is that of one recording, as in `library://track/12`, `spotify:track:…` or
    /// `x-file-cifs://nas/a.flac`.
    ///
    /// Many that players send are not: a station's address, a group's leader, a line-in or an app stays the same from
    /// song to song, and must neither make them one track nor be sent back as a track to play.
    var recordingURI: String? {
        guard let uri else { return nil }
        let plain = uri.lowercased().replacing("%3a", with: ":").replacing("%2f", with: "/")
        if plain.split(whereSeparator: { $0 == ":" || $0 == "/" }).contains("track") { return uri }
        // A stream may end like a file.
        return !plain.hasPrefix("http") && Self.fileEndings.contains(where: plain.hasSuffix) ? uri : nil
    }
}

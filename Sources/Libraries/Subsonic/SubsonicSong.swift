import Household
import Wire

/// A song of a Subsonic server.
struct SubsonicSong: Equatable {
    /// What the server calls it.
    let id: String
    /// Its path below the folder of its library; empty when the server does not tell.
    let path: String
    /// What the server calls its album.
    let albumID: String?
    var tags: TrackTags

    /// Reads a song; nil for what has no identifier.
    init?(_ song: JSONValue) {
        guard let id = song["id"]?.identifier else { return nil }
        self.id = id
        path = song["path"]?.text ?? ""
        albumID = song["albumId"]?.identifier
        let genres = song["genres"]?.items.compactMap { $0["name"]?.text ?? $0.text } ?? []
        tags = TrackTags(
            title: song["title"]?.text, artists: Self.names(song, "artists", "artist"),
            albumArtists: Self.names(song, "albumArtists", "albumArtist"), album: song["album"]?.text,
            genres: genres.isEmpty ? [song["genre"]?.text].compactMap { $0 } : genres,
            dates: [song["year"]?.whole.map(String.init)].compactMap { $0 },
            durationS: song["duration"]?.number, isExplicit: Self.isExplicit(song["explicitStatus"]?.text),
            path: path.isEmpty ? nil : path, type: Self.type(song["type"]?.text, song["mediaType"]?.text),
            features: song["bpm"]?.number.flatMap { (1...500).contains($0) ? SoundFeatures(tempo: $0) : nil })
    }

    /// OpenSubsonic servers name each artist, others write them into one text.
    private static func names(_ song: JSONValue, _ several: String, _ one: String) -> [String] {
        let names = song[several]?.items.compactMap { $0["name"]?.text } ?? []
        return names.isEmpty ? [song[one]?.text].compactMap { $0 } : names
    }

    private static func isExplicit(_ status: String?) -> Bool? {
        switch status {
        case "explicit": true
        case "clean": false
        default: nil
        }
    }

    private static func type(_ type: String?, _ media: String?) -> String? {
        [type, media].compactMap { $0 }.first { ["podcast", "audiobook", "video"].contains($0) }
    }
}

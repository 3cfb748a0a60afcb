import Foundation
import GRDB
import Household
import Listening
import Taste

// Rows of `tracks` are read by position. That takes half the time of names, and a catalog has many rows.
extension Track {
    /// The columns of a track, in the order in which they are read.
    static let columns = """
        tracks.id, tracks.artist, tracks.title, tracks.album, genres, artist_genres, year, popularity, is_explicit,
        tracks.duration_s, danceability, energy, valence, tempo, acousticness, instrumentalness, speechiness, loudness,
        tracks.uri
        """
    private static let uriColumn = 18

    /// Reads a row in which ``columns`` begin at a position.
    init(_ row: Row, at start: Int = 0) {
        var genres = GenreCache()
        self.init(description: TrackDescription(row, at: start, &genres), uri: row[start + Self.uriColumn])
    }
}

extension TrackDescription {
    /// Reads a row of ``Track/columns``.
    ///
    /// - Parameters:
    ///   - row: The row.
    ///   - start: Position of the first column.
    ///   - genres: The lists of the rows before.
    init(_ row: Row, at start: Int = 0, _ genres: inout GenreCache) {
        self.init(
            id: row[start], artist: row[start + 1], title: row[start + 2], album: row[start + 3],
            genres: genres.list(row[start + 4]), artistGenres: genres.list(row[start + 5]), year: row[start + 6],
            popularity: row[start + 7], isExplicit: row[start + 8], durationS: row[start + 9],
            features: AudioFeatures(row, at: start + 10))
    }
}

extension AudioFeatures {
    private static let columnCount = 8

    /// nil when all columns are NULL.
    fileprivate init?(_ row: Row, at start: Int) {
        guard (start..<start + Self.columnCount).contains(where: { !row.hasNull(atIndex: $0) }) else { return nil }
        self.init(
            danceability: row[start], energy: row[start + 1], valence: row[start + 2], tempo: row[start + 3],
            acousticness: row[start + 4], instrumentalness: row[start + 5], speechiness: row[start + 6],
            loudness: row[start + 7])
    }
}

/// Splits lists of genres and keeps the result, because all tracks of an artist have the same list.
struct GenreCache {
    private static let separator: Character = "|"
    private var known: [String: [String]] = [:]

    /// The list in a column; empty for NULL.
    mutating func list(_ text: String?) -> [String] {
        guard let text else { return [] }
        if let list = known[text] { return list }
        let list = text.utf8.split(separator: Self.separator.asciiValue ?? 0).map { String(Substring($0)) }
        known[text] = list
        return list
    }

    /// The column value of a list; nil when it is empty, so that an update keeps what is stored.
    static func text(_ genres: [String]) -> String? {
        genres.isEmpty ? nil : genres.joined(separator: String(separator))
    }
}

extension Media {
    private static let fileEndings = [".aac", ".flac", ".m4a", ".mp3", ".ogg", ".opus", ".wav", ".wma"]

    /// The uri if it identifies one recording, as `library://track/12`, `spotify:track:…` or `x-file-cifs://nas/a.flac`
    /// do; otherwise nil.
    ///
    /// The uri of a radio station, of the leader of a group, of a line-in or of an app stays the same from track to
    /// track. It must neither make them one track nor be sent back to a player as a track.
    var recordingURI: String? {
        guard let uri else { return nil }
        let plain = uri.lowercased().replacing("%3a", with: ":").replacing("%2f", with: "/")
        if plain.split(whereSeparator: { $0 == ":" || $0 == "/" }).contains("track") { return uri }
        // The address of a stream may end like that of a file.
        return !plain.hasPrefix("http") && Self.fileEndings.contains(where: plain.hasSuffix) ? uri : nil
    }
}

import GRDB
import Household

// Rows of `tracks` are read by position. That takes half the time of names, and a catalog has many rows.
extension Track {
    /// The columns of a track, in the order in which they are read.
    static let columns = columns(
        uri: """
            (SELECT addresses.uri FROM addresses
            WHERE addresses.track_id = tracks.id AND library_id = \(StoreTransaction.filesID))
            """)

    /// The same columns, with an expression for the address.
    static func columns(uri: String) -> String {
        """
        tracks.id, tracks.artist, tracks.title, tracks.album, tracks.duration_s, genres, artist_genres, year,
        popularity, is_explicit, \(uri), danceability, energy, valence, tempo, acousticness, instrumentalness,
        speechiness, loudness
        """
    }

    /// Reads a row in which ``columns`` begin at a position.
    init(_ row: Row, at start: Int = 0) {
        var genres = GenreCache()
        self.init(row, at: start, &genres)
    }

    /// Reads a row in which ``columns`` begin at a position.
    ///
    /// - Parameters:
    ///   - row: The row.
    ///   - start: Position of the first column.
    ///   - genres: The lists of the rows before.
    init(_ row: Row, at start: Int = 0, _ genres: inout GenreCache) {
        let details = TrackDetails(
            artist: row[start + 1], title: row[start + 2], album: row[start + 3], durationS: row[start + 4],
            genres: genres.list(row[start + 5]), artistGenres: genres.list(row[start + 6]), year: row[start + 7],
            popularity: row[start + 8], isExplicit: row[start + 9], uri: row[start + 10],
            features: SoundFeatures(row, at: start + 11))
        self.init(id: row[start], details: details)
    }
}

extension SoundFeatures {
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

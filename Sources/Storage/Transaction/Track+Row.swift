import Foundation
import GRDB
import Household
import Taste

extension Track {
    /// Columns in the order in which rows are read.
    static let columns = """
        tracks.id, tracks.artist, tracks.title, tracks.album, genres, artist_genres, year, popularity, is_explicit,
        tracks.duration_s, danceability, energy, valence, tempo, acousticness, instrumentalness, speechiness, loudness,
        tracks.uri
        """
    private static let uriColumn = 18

    init(_ row: Row, at start: Int = 0) {
        self.init(description: TrackDescription(row, at: start), uri: row[start + Self.uriColumn])
    }
}

extension TrackDescription {
    /// Reads a row by position: twice as fast as by name, and a catalog has many rows.
    init(_ row: Row, at start: Int = 0) {
        var lists = GenreLists()
        self.init(row, at: start, lists: &lists)
    }

    /// Reads one of many rows.
    init(_ row: Row, at start: Int = 0, lists: inout GenreLists) {
        self.init(
            id: row[start], artist: row[start + 1], title: row[start + 2], album: row[start + 3],
            genres: lists.list(row[start + 4]), artistGenres: lists.list(row[start + 5]), year: row[start + 6],
            popularity: row[start + 7], isExplicit: row[start + 8], durationS: row[start + 9],
            features: AudioFeatures(row, at: start + 10))
    }
}

extension AudioFeatures {
    private static let columnCount = 8

    /// nil when nothing is known.
    fileprivate init?(_ row: Row, at start: Int) {
        guard (start..<start + Self.columnCount).contains(where: { !row.hasNull(atIndex: $0) }) else { return nil }
        self.init(
            danceability: row[start], energy: row[start + 1], valence: row[start + 2], tempo: row[start + 3],
            acousticness: row[start + 4], instrumentalness: row[start + 5], speechiness: row[start + 6],
            loudness: row[start + 7])
    }
}

/// Genres as one text, parted as imported files part them.
enum Genres {
    private static let separator: Character = "|"

    /// The text of a list; nil when there is none, which leaves what is known.
    static func text(_ genres: [String]) -> String? {
        genres.isEmpty ? nil : genres.joined(separator: String(separator))
    }

    /// The list in a text.
    static func list(_ text: String) -> [String] {
        text.utf8.split(separator: separator.asciiValue ?? 0).map { Substring($0) }.map(String.init)
    }
}

/// Lists of genres, each text read but once: an artist's stands with all of its tracks.
struct GenreLists {
    private var known: [String: [String]] = [:]

    /// The list in a text; empty when there is none.
    mutating func list(_ text: String?) -> [String] {
        guard let text else { return [] }
        if let list = known[text] { return list }
        let list = Genres.list(text)
        known[text] = list
        return list
    }
}

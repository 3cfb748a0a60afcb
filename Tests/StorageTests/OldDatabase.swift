import Foundation
import GRDB
import HauntTestSupport
import Household
import Taste

@testable import Storage

/// A database of schema 002, which had one taste, filled by plain SQL.
struct OldDatabase {
    /// The migrations that were run on it.
    static let schema = "002"

    let path: String
    /// The counters of the taste named `default`.
    let taste = Sample.taste(of: (1...20).map { RowID($0) })

    /// Writes the file: 20 tracks, 60 listens, two tastes and a playlist.
    init(path: String) throws {
        self.path = path
        let queue = try DatabaseQueue(path: path)
        try Migrations.migrator.migrate(queue, upTo: Self.schema)
        try queue.write { try fill($0) }
        try queue.close()
    }

    /// All rows of a table, each column as text.
    static func rows(_ table: String, columns: String = "*", in path: String) throws -> [String] {
        var configuration = Configuration()
        configuration.readonly = true
        return try DatabaseQueue(path: path, configuration: configuration).read {
            try Row.fetchAll($0, sql: "SELECT \(columns) FROM \(table)").map(\.description)
        }
    }

    private func fill(_ database: Database) throws {
        for id in 1...20 {
            try database.execute(
                sql: """
                    INSERT INTO tracks (id, artist_key, title_key, artist, title, album, uri, duration_s, genres, year)
                    VALUES (?, 'band', ?, 'Band', ?, 'Album', ?, 201.5, 'jazz|bop', 1959)
                    """, arguments: [id, "song \(id)", "Song \(id)", "library://track/\(id)"])
        }
        for id in 1...60 {
            try database.execute(
                sql: """
                    INSERT INTO listen_events (id, event_id, track_id, title, artist, started_at, played_s, outcome,
                        speaker_name, source)
                    VALUES (?, ?, ?, 'song', 'BAND', ?, 180, 'completed', 'media_player.study', 'old')
                    """, arguments: [id, "e\(id)", id % 20 + 1, 1_700_000_000_000 + id * 60_000])
        }
        try fillTastes(database)
        try database.execute(
            sql: """
                INSERT INTO playlists (public_id, created_at, speaker_name, vibe, mode, auto_play)
                    VALUES ('p1', 1700000000000, 'media_player.study', 'jazz', 'balanced', 1);
                INSERT INTO playlist_tracks VALUES (1, 1, 7, 0.5, 'vibe', 'because', NULL);
                """)
    }

    private func fillTastes(_ database: Database) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        let kernels = String(decoding: try encoder.encode(taste.kernels), as: UTF8.self)
        try database.execute(
            sql: """
                INSERT INTO taste_profiles (id, name, version, built_at) VALUES (3, 'party', 2, NULL);
                INSERT INTO taste_profiles (id, name, version, built_at, kernels)
                    VALUES (5, 'default', 60, 1700000000001, ?);
                """, arguments: [kernels])
        for (id, counters) in taste.counters {
            try database.execute(
                sql: "INSERT INTO taste_tracks VALUES (5, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                arguments: [id.rawValue, counters.last.milliseconds] + StatementArguments(counters.values))
        }
    }
}

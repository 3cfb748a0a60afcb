import Foundation
import GRDB
import Household

// The tables `playlists` and `playlist_tracks`.
extension StoreTransaction {
    private static let selection = """
        SELECT id, public_id, created_at, speaker_name, profile_name, coalesce(list_rule, rule) AS rule, vibe, understood,
            mode, auto_play, notes, profile_names, sound
        FROM playlists
        """

    func playlist(_ id: String) throws -> Playlist? {
        try row("\(Self.selection) WHERE public_id = ?", [id]).map { try playlist($0) }
    }

    func playlists(limit: Int, after cursor: String?) throws -> [Playlist] {
        let older = cursor == nil ? "" : "WHERE id < (SELECT id FROM playlists WHERE public_id = ?)"
        let sql = "\(Self.selection) \(older) ORDER BY id DESC LIMIT ?"
        let arguments: StatementArguments = cursor.map { [$0, limit] } ?? [limit]
        return try Row.fetchAll(database, sql: sql, arguments: arguments).map { try playlist($0) }
    }

    func lastPlaylist(onSpeaker name: String) throws -> Playlist? {
        try row("\(Self.selection) WHERE speaker_name = ? AND auto_play ORDER BY id DESC LIMIT 1", [name]).map {
            try playlist($0)
        }
    }

    func listings(limit: Int) throws -> [Listing] {
        let lists = """
            SELECT id, created_at, profile_name, profile_names FROM playlists
            WHERE id > (SELECT max(id) FROM playlists) - ? ORDER BY id
            """
        let listings = try Array(
            rows(lists, [limit]).map { row in
                let profiles = Self.names(row[3])?.map(Optional.some) ?? [row[2] as String?]
                return (
                    id: row[0] as Int64, Listing(createdAt: Date(milliseconds: row[1]), profiles: profiles, tracks: [])
                )
            })
        return try listings.map { id, listing in
            var listing = listing
            listing.tracks = try Array(
                rows("SELECT track_id FROM playlist_tracks WHERE playlist_id = ?", [id]).map { $0[0] })
            return listing
        }
    }

    func hasGuestLists(before time: Date) throws -> Bool {
        try row("SELECT 1 FROM playlists WHERE rule = 'guest' AND created_at < ? LIMIT 1", [time.milliseconds]) != nil
    }

    private func playlist(_ row: Row) throws -> Playlist {
        var playlist = Playlist(
            id: row["public_id"], createdAt: row.date("created_at"), speakerName: row["speaker_name"],
            profileName: row["profile_name"], rule: try row.choice("rule"), vibe: row["vibe"],
            understood: row["understood"], mode: try row.choice("mode"), autoPlay: row["auto_play"],
            entries: try entries(ofPlaylist: row["id"]),
            notes: (row["notes"] as String).split(separator: "\n").map(String.init))
        playlist.profiles = Self.names(row["profile_names"])
        playlist.sound = try row.choice("sound")
        return playlist
    }

    /// Names of profiles, which have no comma.
    private static func names(_ text: String?) -> [String]? { text?.split(separator: ",").map(String.init) }

    private static func uris(_ json: String?) -> [String: String]? {
        json.flatMap { try? JSONDecoder().decode([String: String].self, from: Data($0.utf8)) }
    }

    /// Addresses by library as JSON.
    private static func json(_ uris: [String: String]?) throws -> String? {
        try uris.map { String(decoding: try JSONEncoder().encode($0), as: UTF8.self) }
    }

    private func entries(ofPlaylist id: Int64) throws -> [Playlist.Entry] {
        let sql = """
            SELECT score, reason_kind, reason, interest, uris, listeners,
                \(Track.columns(uri: "playlist_tracks.uri"))
            FROM playlist_tracks JOIN tracks ON tracks.id = track_id
            WHERE playlist_id = ? ORDER BY position
            """
        return try Array(
            rows(sql, [id]).map { row in
                let reason = Playlist.Reason(
                    kind: row["reason_kind"], text: row["reason"], interest: row["interest"],
                    for: Self.names(row["listeners"]))
                return Playlist.Entry(
                    track: Track(row, at: 6), score: row["score"], reason: reason, uris: Self.uris(row["uris"]))
            })
    }
}

extension StoreTransaction {
    func deleteGuestLists(before time: Date) throws {
        try execute("DELETE FROM playlists WHERE rule = 'guest' AND created_at < ?", [time.milliseconds])
    }

    func insertPlaylist(_ playlist: Playlist, keeping limit: Int) throws {
        // The column `rule` has a constraint that is older than lists of shared speakers.
        let isOfSharedSpeaker = playlist.rule == .listener || playlist.rule == .together
        try execute(
            """
            INSERT INTO playlists (public_id, created_at, speaker_name, profile_name, rule, vibe, understood, mode,
                auto_play, notes, list_rule, profile_names, sound)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                playlist.id, playlist.createdAt.milliseconds, playlist.speakerName, playlist.profileName,
                isOfSharedSpeaker ? AttributionRule.default.word : playlist.rule.word, playlist.vibe,
                playlist.understood, playlist.mode.word, playlist.autoPlay,
                playlist.notes.joined(separator: "\n"), isOfSharedSpeaker ? playlist.rule.word : nil,
                playlist.profiles?.joined(separator: ","), playlist.sound.word,
            ])
        let id = database.lastInsertedRowID
        for (index, entry) in playlist.entries.enumerated() {
            try execute(
                """
                INSERT INTO playlist_tracks (playlist_id, position, track_id, score, reason_kind, reason, interest,
                    uri, uris, listeners)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
                [
                    id, index + 1, entry.track.id, entry.score, entry.reason.kind, entry.reason.text,
                    entry.reason.interest, entry.track.details.uri, try Self.json(entry.uris),
                    entry.reason.for?.joined(separator: ","),
                ])
        }
        try execute(
            "DELETE FROM playlists WHERE id <= (SELECT id FROM playlists ORDER BY id DESC LIMIT 1 OFFSET ?)", [limit])
    }
}

import Foundation
import GRDB
import Household

// The tables `corrections`, `corrected_listens`, `removed_profiles`, `removed_mappings` and `removed_sharings`.
extension StoreTransaction {
    func correction(undoID: String) throws -> Correction? {
        let sql = """
            SELECT corrections.id AS correction_id, made_at, undone_at, removed.id, name, display_name, created_at
            FROM corrections LEFT JOIN removed_profiles AS removed ON removed.correction_id = corrections.id
            WHERE undo_id = ?
            """
        return try row(sql, [undoID]).map { row in
            Correction(
                id: row["correction_id"], madeAt: row.date("made_at"), undoneAt: row.optionalDate("undone_at"),
                removedProfile: row["id"] == nil ? nil : Profile(row))
        }
    }

    func correction(afterSameListensAs id: Correction.ID) throws -> String? {
        let sql = """
            SELECT undo_id FROM corrections WHERE id = (
                SELECT max(later.correction_id) FROM corrected_listens AS kept
                JOIN corrected_listens AS later ON later.id = kept.id AND later.correction_id > kept.correction_id
                WHERE kept.correction_id = ?)
            """
        return try row(sql, [id]).map { $0[0] }
    }

    func owners(ofCorrection id: Correction.ID) throws -> Set<Owner> {
        let sql = """
            SELECT DISTINCT now.profile_id
            FROM corrected_listens AS kept JOIN listen_events AS now ON now.id = kept.id
            WHERE correction_id = ?
            """
        return try Set(rows(sql, [id]).map { $0[0] as Owner })
    }

    func forEachListen(ofCorrection id: Correction.ID, _ body: (Listen) throws -> Void) throws {
        let sql = "\(Listen.columns) FROM corrected_listens AS listen \(Listen.profile) WHERE correction_id = ?"
        try forEachRow(sql, [id]) { try body(Listen($0)) }
    }

    func isOwnerMissing(ofCorrection id: Correction.ID) throws -> Bool {
        let sql = """
            SELECT 1 FROM corrected_listens
            WHERE correction_id = ? AND profile_id NOT IN (SELECT id FROM profiles) LIMIT 1
            """
        return try row(sql, [id]) != nil
    }
}

// Each statement works on the listens that `beginCorrection` copied.
extension StoreTransaction {
    private static let columns = """
        id, event_id, track_id, title, artist, album, uri, duration_s, started_at, played_s, outcome, speaker_name,
        source, profile_id, rule, listener_rule, session_id, confidence, likely, is_strange
        """
    private static let kept = "SELECT id FROM corrected_listens WHERE correction_id = ?"
    private static let isRemoved = "id NOT IN (SELECT id FROM listen_events)"

    func beginCorrection(undoID: String, at time: Date, of selection: ListenSelection) throws -> Correction.ID {
        try execute("INSERT INTO corrections (undo_id, made_at) VALUES (?, ?)", [undoID, time.milliseconds])
        let id = Correction.ID(database.lastInsertedRowID)
        let conditions = selection.conditions
        try execute(
            """
            INSERT INTO corrected_listens (correction_id, \(Self.columns))
            SELECT ?, \(Self.columns) FROM listen_events \(conditions.sql)
            """, [id] + conditions.arguments)
        return id
    }

    func reassignListens(ofCorrection id: Correction.ID, to owner: Owner, rule: AttributionRule) throws {
        try execute(
            """
            UPDATE listen_events SET profile_id = ?, rule = ?, listener_rule = ?, confidence = NULL, is_strange = 0
            WHERE id IN (\(Self.kept))
            """, [owner] + ListenerColumns.words(of: rule) + [id])
    }

    func removeListens(ofCorrection id: Correction.ID) throws {
        try execute("DELETE FROM listen_events WHERE id IN (\(Self.kept))", [id])
    }

    func removeProfile(_ profile: Profile, ofCorrection id: Correction.ID) throws {
        try execute(
            """
            INSERT INTO removed_profiles (correction_id, id, name, display_name, created_at)
            SELECT ?, id, name, display_name, created_at FROM profiles WHERE id = ?
            """, [id, profile.id])
        try execute(
            """
            INSERT INTO removed_mappings (correction_id, speaker_name)
            SELECT ?, speaker_name FROM speaker_profile_mappings WHERE profile_id = ?
            """, [id, profile.id])
        try execute(
            """
            INSERT INTO removed_sharings (correction_id, speaker_name)
            SELECT ?, speaker_name FROM shared_speaker_profiles WHERE profile_id = ?
            """, [id, profile.id])
        try execute("DELETE FROM profiles WHERE id = ?", [profile.id])
    }

    func trackIDs(ofCorrection id: Correction.ID) throws -> [Track.ID] {
        try Array(rows("SELECT DISTINCT track_id FROM corrected_listens WHERE correction_id = ?", [id]).map { $0[0] })
    }

    /// A track that a catalog describes or a library has stays. One without tags, year, popularity and features came only from
    /// listens.
    func deleteForgottenTracks(among ids: [Track.ID]) throws {
        let uses = ["listen_events", "corrected_listens", "feedback", "playlist_tracks", "taste_tracks"]
            .map { "AND NOT EXISTS (SELECT 1 FROM \($0) WHERE track_id = tracks.id)" }
        try execute(
            """
            DELETE FROM tracks WHERE id IN (SELECT value FROM json_each(?)) AND NOT is_demo
                AND coalesce(genres, artist_genres, year, popularity, danceability, energy, tempo) IS NULL
                AND NOT EXISTS (SELECT 1 FROM addresses WHERE track_id = tracks.id AND library_id <> \(Self.filesID))
                \(uses.joined(separator: " "))
            """, [jsonArray(ids)])
    }

    func purgeCorrection(_ id: Correction.ID) throws {
        if let name = try row("SELECT name FROM removed_profiles WHERE correction_id = ?", [id])?[0] as String? {
            try forgetName(name)
        }
        try deleteRemovedListens("WHERE id IN (\(Self.kept)) AND \(Self.isRemoved)", [id])
        try execute("DELETE FROM corrections WHERE id = ?", [id])
        try forgetRemovedProfiles()
    }

    /// Deletes removed listens for good, with their sessions that are in progress, whose states name tracks, and those that
    /// no other listen belongs to.
    private func deleteRemovedListens(_ condition: String, _ arguments: StatementArguments) throws {
        let sql = "SELECT DISTINCT session_id FROM corrected_listens \(condition) AND session_id IS NOT NULL"
        let sessions: [ListenerSessionRow.ID] = try Array(rows(sql, arguments).map { $0[0] })
        try execute("DELETE FROM corrected_listens \(condition)", arguments)
        let others = ["listen_events", "corrected_listens"]
            .map { "NOT EXISTS (SELECT 1 FROM \($0) WHERE session_id = listener_sessions.id)" }
        try execute(
            """
            DELETE FROM listener_sessions WHERE id IN (SELECT value FROM json_each(?))
                AND (state IS NOT NULL OR \(others.joined(separator: " AND ")))
            """, [jsonArray(sessions)])
    }

    func forgetRemovedListens(_ selection: ListenSelection) throws {
        var conditions = selection.conditions
        conditions.add(Self.isRemoved, [])
        try deleteRemovedListens(conditions.sql, conditions.arguments)
    }

    func restoreProfile(ofCorrection id: Correction.ID) throws {
        try execute(
            """
            INSERT INTO profiles (id, name, display_name, created_at)
            SELECT id, name, display_name, created_at FROM removed_profiles WHERE correction_id = ?
            """, [id])
        try execute(
            """
            INSERT INTO speaker_profile_mappings (speaker_name, profile_id)
            SELECT speaker_name, id FROM removed_mappings JOIN removed_profiles USING (correction_id)
            WHERE correction_id = ? AND speaker_name NOT IN (SELECT name FROM speakers WHERE is_nobodys)
            ON CONFLICT (speaker_name) DO NOTHING
            """, [id])
        // A speaker that was decided about since has no row in `removed_sharings` any more.
        try execute(
            """
            INSERT INTO shared_speaker_profiles (speaker_name, profile_id)
            SELECT speaker_name, id FROM removed_sharings
                JOIN removed_profiles USING (correction_id) JOIN shared_speakers USING (speaker_name)
            WHERE correction_id = ?
            """, [id])
    }

    func restoreListens(ofCorrection id: Correction.ID) throws -> [Owner: Int] {
        try execute(
            """
            UPDATE listen_events SET profile_id = kept.profile_id, rule = kept.rule,
                listener_rule = kept.listener_rule, session_id = kept.session_id, confidence = kept.confidence,
                likely = kept.likely, is_strange = kept.is_strange
            FROM corrected_listens AS kept WHERE correction_id = ? AND kept.id = listen_events.id
            """, [id])
        try execute(
            """
            INSERT INTO listen_events (\(Self.columns))
            SELECT \(Self.columns) FROM corrected_listens AS kept WHERE correction_id = ?
                AND NOT EXISTS (SELECT 1 FROM listen_events AS now WHERE now.id = kept.id)
                AND NOT EXISTS (SELECT 1 FROM listen_events AS now WHERE now.event_id = kept.event_id)
            """, [id])
        try execute(
            """
            DELETE FROM removed_listens WHERE correction_id = ? AND listen_id IN (SELECT id FROM listen_events)
            """, [id])
        let sql = """
            SELECT kept.profile_id AS owner, count(*) AS count
            FROM corrected_listens AS kept JOIN listen_events AS now ON now.id = kept.id
            WHERE correction_id = ? GROUP BY kept.profile_id
            """
        return try rows(sql, [id]).reduce(into: [:]) { $0[$1["owner"] as Owner] = $1["count"] as Int }
    }

    func endCorrection(_ id: Correction.ID, at time: Date) throws {
        try execute("UPDATE corrections SET undone_at = ? WHERE id = ?", [time.milliseconds, id])
        try execute("DELETE FROM corrected_listens WHERE correction_id = ?", [id])
        try execute("DELETE FROM removed_profiles WHERE correction_id = ?", [id])
    }

    func forgetCorrections(before time: Date) throws {
        try execute("DELETE FROM corrections WHERE made_at < ?", [time.milliseconds])
        if database.changesCount > 0 { try forgetRemovedProfiles() }
    }

    /// Deletes the playlists for a person, also those for others beside them, and their name among who may have heard a
    /// listen.
    private func forgetName(_ name: String) throws {
        try execute(
            """
            DELETE FROM playlists WHERE profile_name = ? OR instr(',' || profile_names || ',', ',' || ? || ',')
            """, [name, name])
        for table in ["listen_events", "corrected_listens"] {
            try execute(
                """
                UPDATE \(table) SET likely = (
                    SELECT json_group_array(json(value)) FROM json_each(likely)
                    WHERE json_extract(value, '$.profile') IS NOT ?)
                WHERE instr(likely, '"' || ? || '"')
                """, [name, name])
        }
    }

    /// Deletes feedback and tokens of profiles whose removal can no longer be undone.
    private func forgetRemovedProfiles() throws {
        for table in ["feedback", "profile_tokens"] {
            try execute(
                """
                DELETE FROM \(table) WHERE profile_id NOT IN (SELECT id FROM profiles)
                    AND profile_id NOT IN (SELECT id FROM removed_profiles)
                """)
        }
    }
}

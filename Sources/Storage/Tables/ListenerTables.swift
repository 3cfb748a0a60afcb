import Foundation
import GRDB
import Household

// The tables `shared_speakers`, `shared_speaker_profiles` and `listener_sessions`.
extension StoreTransaction {
    func sharings() throws -> [String: Sharing] {
        let sql = """
            SELECT shared.speaker_name, is_everybodys, profile_id
            FROM shared_speakers AS shared LEFT JOIN shared_speaker_profiles USING (speaker_name)
            ORDER BY shared.speaker_name, profile_id
            """
        return try rows(sql).reduce(into: [:]) { sharings, row in
            let name: String = row[0]
            if row[1] as Bool {
                sharings[name] = .everybody
            } else if case .profiles(let ids)? = sharings[name] {
                sharings[name] = .profiles(ids + [row[2] as Profile.ID])
            } else {
                sharings[name] = .profiles([row[2] as Profile.ID?].compactMap { $0 })
            }
        }
    }

    func firstWaitingListen() throws -> Date? {
        let sql = """
            SELECT min(started_at) AS first FROM listen_events
            WHERE listener_rule = 'likeness' AND session_id IS NULL
            """
        return try row(sql)?.optionalDate("first")
    }

    func judgedSessions(before time: Date) throws -> (count: Int, strangeness: Double) {
        let sql = """
            SELECT count(strangeness), total(strangeness) FROM listener_sessions WHERE began_at < ?
            """
        return try row(sql, [time.milliseconds]).map { ($0[0], $0[1]) } ?? (0, 0)
    }

    func forEachStrangePlay(before time: Date, _ body: (TrackPlay) throws -> Void) throws {
        let sql = """
            SELECT track_id, started_at FROM listen_events WHERE is_strange AND started_at < ? ORDER BY started_at
            """
        try rows(sql, [time.milliseconds]).forEach { row in
            try body(
                TrackPlay(trackID: row[0], startedAt: Date(milliseconds: row[1]), playedS: nil, isCompleted: false))
        }
    }

    func lastSession(
        onSpeaker name: String, id: ListenerSessionRow.ID?, endedSince time: Date?
    ) throws -> ListenerSessionRow.ID? {
        let sql = """
            SELECT id FROM listener_sessions
            WHERE speaker_name = ? AND ended_at >= ? AND (? IS NULL OR id = ?) AND state IS NULL
            ORDER BY began_at DESC LIMIT 1
            """
        return try row(sql, [name, time?.milliseconds ?? 0, id, id]).map { $0[0] }
    }

    func openSessions() throws -> [OpenSessionState] {
        let sql = "SELECT id, speaker_name, state FROM listener_sessions WHERE state IS NOT NULL ORDER BY id"
        return try Array(
            rows(sql).map { row in
                OpenSessionState(id: row[0], speakerName: row[1], state: Data((row[2] as String).utf8))
            })
    }
}

extension StoreTransaction {
    func setSharing(_ sharing: Sharing, ofSpeaker name: String) throws {
        for table in ["shared_speaker_profiles", "removed_sharings"] {
            try execute("DELETE FROM \(table) WHERE speaker_name = ?", [name])
        }
        try execute(
            """
            INSERT INTO shared_speakers (speaker_name, is_everybodys) VALUES (?, ?)
            ON CONFLICT (speaker_name) DO UPDATE SET is_everybodys = excluded.is_everybodys
            """, [name, sharing == .everybody])
        guard case .profiles(let ids) = sharing else { return }
        for id in ids {
            try execute("INSERT INTO shared_speaker_profiles (speaker_name, profile_id) VALUES (?, ?)", [name, id])
        }
    }

    func insertSession(_ session: JudgedSession, id: ListenerSessionRow.ID?) throws -> ListenerSessionRow.ID {
        try execute(
            """
            INSERT INTO listener_sessions (id, speaker_name, began_at, ended_at, strangeness) VALUES (?, ?, ?, ?, ?)
            ON CONFLICT (id) DO UPDATE SET
                began_at = excluded.began_at, ended_at = excluded.ended_at, strangeness = excluded.strangeness,
                state = NULL
            """,
            [
                id, session.speakerName, session.beganAt.milliseconds, session.endedAt.milliseconds,
                session.strangeness,
            ])
        return id ?? RowID(database.lastInsertedRowID)
    }

    func saveOpenSession(
        _ id: ListenerSessionRow.ID?, speakerName: String, state: Data
    ) throws -> ListenerSessionRow.ID {
        let text = String(bytes: state, encoding: .utf8) ?? ""
        try execute(
            """
            INSERT INTO listener_sessions (id, speaker_name, began_at, ended_at, state) VALUES (?, ?, 0, 0, ?)
            ON CONFLICT (id) DO UPDATE SET state = excluded.state
            """, [id, speakerName, text])
        return id ?? RowID(database.lastInsertedRowID)
    }

    func removeSession(_ id: ListenerSessionRow.ID) throws {
        try execute("DELETE FROM listener_sessions WHERE id = ?", [id])
    }

    func judgeListen(_ id: Listen.ID, owner: Owner, rule: AttributionRule, opinion: ListenerOpinion?) throws {
        try execute(
            """
            UPDATE listen_events SET profile_id = ?, rule = ?, listener_rule = ?, session_id = ?, confidence = ?,
                likely = ?, is_strange = ? WHERE id = ?
            """, [owner] + ListenerColumns.values(rule: rule, opinion: opinion) + [id])
    }
}

/// The columns `rule`, `listener_rule`, `session_id`, `confidence`, `likely` and `is_strange` of a listen.
enum ListenerColumns {
    /// The values of `rule` and `listener_rule`. The constraint of `rule` is older than some rules.
    static func words(of rule: AttributionRule) -> StatementArguments {
        let isLater = rule == .corrected || AttributionRule.ofListeners.contains(rule)
        return [isLater ? AttributionRule.default.word : rule.word, isLater ? rule.word : nil]
    }

    static func values(rule: AttributionRule, opinion: ListenerOpinion?) -> StatementArguments {
        let likely = opinion.flatMap { $0.likely.isEmpty ? nil : try? JSONEncoder().encode($0.likely) }
        return words(of: rule) + [
            opinion?.session, opinion?.confidence, likely.flatMap { String(bytes: $0, encoding: .utf8) },
            opinion?.isStrange ?? false,
        ]
    }
}

extension NewListen {
    /// The values of ``ListenerColumns``.
    var opinionValues: StatementArguments { ListenerColumns.values(rule: rule, opinion: opinion) }
}

extension ListenerOpinion {
    /// Reads the columns of a listen; nil unless a shared speaker played it.
    init?(_ row: Row) throws {
        let likely: String? = row["likely"]
        let session: ListenerSessionRow.ID? = row["session_id"]
        guard likely != nil || session != nil else { return nil }
        let list = try likely.map { try JSONDecoder().decode([LikelyProfile].self, from: Data($0.utf8)) }
        self.init(
            session: session, confidence: row["confidence"], likely: list ?? [], isStrange: row["is_strange"])
    }
}

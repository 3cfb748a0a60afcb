import Foundation
import GRDB
import Household

// The table `listen_events`.
extension StoreTransaction {
    func listen(eventID: String) throws -> Listen? {
        try row("\(Listen.selection) WHERE event_id = ?", [eventID]).map { try Listen($0) }
    }

    func listen(_ id: Listen.ID) throws -> Listen? {
        try row("\(Listen.selection) WHERE listen.id = ?", [id]).map { try Listen($0) }
    }

    /// Reads columns by position, because an import asks this for each of its rows.
    func identities(
        of trackID: Track.ID, beganIn span: ClosedRange<Date>, nearest time: Date
    ) throws -> [StoredIdentity] {
        let all = try identities(
            of: trackID, "BETWEEN ? AND ? ORDER BY started_at, id", span.lowerBound.milliseconds,
            span.upperBound.milliseconds)
        // Hardly ever are there so many that the nearest must be asked for.
        guard all.count == Limits.sameListens else { return all }
        let until = time.milliseconds
        let before = try identities(
            of: trackID, "BETWEEN ? AND ? ORDER BY started_at DESC, id DESC", span.lowerBound.milliseconds, until)
        let after = try identities(
            of: trackID, "BETWEEN ? AND ? ORDER BY started_at, id", until + 1, span.upperBound.milliseconds)
        return before.reversed() + after
    }

    private func identities(
        of trackID: Track.ID, _ order: String, _ from: Int64, _ until: Int64
    ) throws -> [StoredIdentity] {
        let sql = """
            SELECT id, event_id, started_at, played_s, speaker_name, profile_id, rule, source FROM listen_events
            WHERE track_id = ? AND started_at \(order) LIMIT ?
            """
        let rows = try rows(sql, [trackID, from, until, Limits.sameListens])
        var identities: [StoredIdentity] = []
        while let row = try rows.next() { identities.append(StoredIdentity(id: row[0], identity: try .init(row))) }
        return identities
    }

    func listens(_ selection: ListenSelection, limit: Int, after cursor: ListenCursor?) throws -> [Listen] {
        var conditions = selection.conditions
        if let cursor {
            conditions.add("(started_at, listen.id) < (?, ?)", [cursor.startedAt.milliseconds, cursor.id])
        }
        let sql = "\(Listen.selection) \(conditions.sql) ORDER BY started_at DESC, listen.id DESC LIMIT ?"
        return try Array(rows(sql, conditions.arguments + [limit]).map { try Listen($0) })
    }

    func forEachListen(_ selection: ListenSelection, _ body: (Listen) throws -> Void) throws {
        let conditions = selection.conditions
        let sql = "\(Listen.selection) \(conditions.sql) ORDER BY started_at, listen.id"
        try forEachRow(sql, conditions.arguments) { try body(Listen($0)) }
    }

    func listenCounts(_ selection: ListenSelection) throws -> [Owner: Int] {
        let conditions = selection.conditions
        let rows = try rows(
            "SELECT profile_id, count(*) AS count FROM listen_events \(conditions.sql) GROUP BY profile_id",
            conditions.arguments)
        return try rows.reduce(into: [:]) { $0[$1["profile_id"] as Owner] = $1["count"] as Int }
    }

    func lastStarts(heardIn selection: ListenSelection) throws -> [Track.ID: Date] {
        let conditions = selection.conditions
        let rows = try rows("SELECT track_id, started_at FROM listen_events \(conditions.sql)", conditions.arguments)
        return try rows.reduce(into: [:]) { starts, row in
            let track: Track.ID = row[0]
            starts[track] = max(starts[track] ?? .distantPast, Date(milliseconds: row[1]))
        }
    }
}

extension StoreTransaction {
    /// The id of a removed listen is not reused as long as the removal can be undone.
    private static let insertion = """
        INSERT INTO listen_events (id, track_id, event_id, title, artist, album, uri, duration_s, started_at, played_s,
            outcome, speaker_name, profile_id, source, rule, listener_rule, session_id, confidence, likely, is_strange)
        VALUES (
            1 + max((SELECT ifnull(max(id), 0) FROM listen_events), (SELECT ifnull(max(id), 0) FROM corrected_listens)),
            ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """

    func insertListen(_ listen: NewListen, trackID: Track.ID) throws -> Listen.ID {
        try execute(Self.insertion, listen.columnValues(trackID: trackID))
        return RowID(database.lastInsertedRowID)
    }

    func importListen(_ listen: NewListen, trackID: Track.ID) throws -> Listen.ID? {
        try execute(Self.insertion + " ON CONFLICT (event_id) DO NOTHING", listen.columnValues(trackID: trackID))
        return database.changesCount > 0 ? RowID(database.lastInsertedRowID) : nil
    }
}

extension ListenIdentity {
    /// Reads the columns after the first of a row of ``StoreTransaction/identities(of:beganIn:nearest:)``.
    fileprivate init(_ row: Row) throws {
        let rule: String = row[6]
        self.init(
            eventID: row[1], startedAt: Date(milliseconds: row[2]), playedS: row[3], speakerName: row[4],
            owner: row[5], rule: AttributionRule(rawValue: rule) ?? .payload, source: row[7])
    }
}

extension Listen {
    /// A query for listens, without its conditions.
    fileprivate static let selection = "\(columns) FROM listen_events AS listen \(profile)"

    /// The columns of a query for listens.
    static let columns = """
        SELECT listen.id, track_id, event_id, title, artist, album, uri, duration_s, started_at, played_s, outcome,
            speaker_name, profile_id, source, coalesce(listener_rule, rule) AS rule, session_id, confidence, likely,
            is_strange, profile.name AS profile_name
        """
    /// The join that finds the name of a listen's profile. It has no `id` of its own, so that conditions can name that of a listen.
    static let profile = "LEFT JOIN (SELECT id AS owner_id, name FROM profiles) AS profile ON owner_id = profile_id"

    /// Reads a row of ``columns``.
    init(_ row: Row) throws {
        let media = HeardMedia(
            title: row["title"], artist: row["artist"], album: row["album"], uri: row["uri"],
            durationS: row["duration_s"])
        let event = NewListen(
            eventID: row["event_id"], media: media, startedAt: row.date("started_at"), playedS: row["played_s"],
            outcome: try row.choice("outcome"), speakerName: row["speaker_name"], owner: row["profile_id"],
            rule: try row.choice("rule"), source: row["source"], opinion: try ListenerOpinion(row))
        self.init(id: row["id"], trackID: row["track_id"], event: event, profileName: row["profile_name"])
    }
}

extension NewListen {
    fileprivate func columnValues(trackID: Track.ID) -> StatementArguments {
        [
            trackID, eventID, media.title, media.artist, media.album, media.uri, media.durationS,
            startedAt.milliseconds, playedS, outcome.word, speakerName, owner, source,
        ] + opinionValues
    }
}

extension ListenSelection {
    private static let effectiveRule = "COALESCE(listener_rule, rule)"
    private static let isOpenTerm = """
        profile_id IS NULL AND likely IS NOT NULL AND \(effectiveRule) NOT IN ('said', 'payload', 'corrected')
        """

    /// The selection as conditions on `listen_events` or on `corrected_listens`.
    var conditions: Conditions {
        var conditions = Conditions()
        if let owner { conditions.add("profile_id IS ?", [owner]) }
        if let otherThan { conditions.add("profile_id IS NOT ?", [otherThan]) }
        if let session { conditions.add("session_id = ?", [session]) }
        if let ids { conditions.add("id IN (SELECT value FROM json_each(?))", [jsonArray(ids)]) }
        if let rule { conditions.add("\(Self.effectiveRule) = ?", [rule.rawValue]) }
        if let isOpen { conditions.add("(\(Self.isOpenTerm)) = ?", [isOpen]) }
        if let speakerName { conditions.add("speaker_name = ?", [speakerName]) }
        if let since { conditions.add("started_at >= ?", [since.milliseconds]) }
        if let until { conditions.add("started_at < ?", [until.milliseconds]) }
        if let artistKey { conditions.add("track_id IN (SELECT id FROM tracks WHERE artist_key = ?)", [artistKey]) }
        return conditions
    }
}

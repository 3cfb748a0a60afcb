import Foundation
import GRDB
import Household
import Taste

extension StoreTransaction {
    func listen(eventID: String) throws -> Listen? {
        try row("\(Listen.selection) WHERE event_id = ?", [eventID]).map { try Listen($0) }
    }

    func listens(
        of trackID: Int64, on speakerName: String?, near startedAt: Date, within seconds: Double
    ) throws -> [Listen] {
        let time = startedAt.milliseconds
        let reach = Int64((seconds * 1_000).rounded())
        let sql = """
            \(Listen.selection)
            WHERE track_id = ? AND started_at BETWEEN ? AND ? AND speaker_name IS ? ORDER BY started_at, listen.id
            """
        let listens = try Array(rows(sql, [trackID, time - reach, time + reach, speakerName]).map { try Listen($0) })
        return listens.sorted {
            abs($0.event.startedAt.timeIntervalSince(startedAt)) < abs($1.event.startedAt.timeIntervalSince(startedAt))
        }
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
            "SELECT profile_id, count(*) FROM listen_events \(conditions.sql) GROUP BY profile_id",
            conditions.arguments)
        return try rows.reduce(into: [:]) { $0[$1[0] as Owner] = $1[1] as Int }
    }

    func trackIDs(heardIn selection: ListenSelection) throws -> Set<Int64> {
        let conditions = selection.conditions
        let rows = try rows("SELECT track_id FROM listen_events \(conditions.sql)", conditions.arguments)
        return try Set(rows.map { $0[0] })
    }
}

// What a taste is made of. All of it stands in one index, in order.
extension StoreTransaction {
    func countedPlays(owner: Owner, before: Date?) throws -> [CountedPlay] {
        let sql = """
            SELECT track_id, started_at, played_s, outcome = 'completed' FROM listen_events
            WHERE profile_id IS ? AND started_at < ? ORDER BY started_at, id
            """
        return try Array(rows(sql, [owner, before?.milliseconds ?? .max]).map { CountedPlay($0) })
    }

    /// The plus keeps SQLite from walking through all plays of the profile instead of those of the track.
    func countedPlays(owner: Owner, trackID: Int64) throws -> [CountedPlay] {
        let sql = """
            SELECT track_id, started_at, played_s, outcome = 'completed' FROM listen_events
            WHERE track_id = ? AND +profile_id IS ? ORDER BY started_at, id
            """
        return try Array(rows(sql, [trackID, owner]).map { CountedPlay($0) })
    }

    func listenStats(owner: Owner) throws -> ListenStats {
        let sql = """
            SELECT track_id, started_at FROM listen_events
            WHERE profile_id IS ? AND outcome <> 'skipped' ORDER BY started_at, id
            """
        var counts: [Int64: Int] = [:]
        var last: Int64?
        let rows = try rows(sql, [owner])
        while let row = try rows.next() {
            counts[row[0], default: 0] += 1
            last = row[1]
        }
        return ListenStats(countByTrack: counts, lastListen: last.map { Date(milliseconds: $0) })
    }
}

extension CountedPlay {
    fileprivate init(_ row: Row) {
        self.init(trackID: row[0], startedAt: row.date(1), heardS: row[2], isCompleted: row[3])
    }
}

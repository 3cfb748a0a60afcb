import GRDB
import Household

// The table `rejected_listens`.
extension StoreTransaction {
    func rejectedIDs(among ids: [RejectedListen.ID]?) throws -> [RejectedListen.ID] {
        var conditions = Conditions()
        if let ids { conditions.add("id IN (SELECT value FROM json_each(?))", [jsonArray(ids)]) }
        return try Array(
            rows("SELECT id FROM rejected_listens \(conditions.sql) ORDER BY id", conditions.arguments).map { $0[0] })
    }

    func rejected(ids: [RejectedListen.ID]?, limit: Int, below cursor: RejectedListen.ID?) throws -> [RejectedListen] {
        var conditions = Conditions()
        if let ids { conditions.add("id IN (SELECT value FROM json_each(?))", [jsonArray(ids)]) }
        if let cursor { conditions.add("id < ?", [cursor]) }
        let sql = """
            SELECT id, received_at, door, payload, code, message, field FROM rejected_listens
            \(conditions.sql) ORDER BY id DESC LIMIT ?
            """
        return try Array(rows(sql, conditions.arguments + [limit]).map { try RejectedListen($0) })
    }

    func insertRejected(_ rejected: RejectedListen, keeping limit: Int) throws {
        try execute(
            """
            INSERT INTO rejected_listens (received_at, door, payload, code, message, field) VALUES (?, ?, ?, ?, ?, ?)
            """,
            [
                rejected.receivedAt.milliseconds, rejected.door.rawValue, rejected.payload,
                rejected.error.code.rawValue,
                rejected.error.message, rejected.error.field,
            ])
        try execute(
            """
            DELETE FROM rejected_listens
            WHERE id <= (SELECT id FROM rejected_listens ORDER BY id DESC LIMIT 1 OFFSET ?)
            """, [limit])
    }

    func deleteRejected(naming texts: [String]) throws {
        for text in texts {
            try execute("DELETE FROM rejected_listens WHERE instr(payload, ?) > 0", ["\"\(text)\""])
        }
    }

    func deleteRejected(ids: [RejectedListen.ID]?) throws -> Int {
        if let ids {
            try execute("DELETE FROM rejected_listens WHERE id IN (SELECT value FROM json_each(?))", [jsonArray(ids)])
        } else {
            try execute("DELETE FROM rejected_listens")
        }
        return database.changesCount
    }
}

extension RejectedListen {
    fileprivate init(_ row: Row) throws {
        let error = HouseholdError(try row.choice("code"), row["message"], field: row["field"])
        self.init(
            id: row["id"], receivedAt: row.date("received_at"), door: try row.choice("door"), payload: row["payload"],
            error: error)
    }
}

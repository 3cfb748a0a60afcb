import Foundation
import GRDB
import Household

// The tables `removed_listens` and `store_salt`.
extension StoreTransaction {
    func salt() throws -> Data { try row("SELECT salt FROM store_salt").map { $0[0] } ?? Data() }

    func hasRemovedListens() throws -> Bool { try row("SELECT 1 FROM removed_listens LIMIT 1") != nil }

    func removedListens(like mark: RemovedListen.Mark) throws -> [RemovedListen] {
        let columns = "id, event_hash, span_hash, start_ms, speaker_hash, owner_hash, is_to_the_minute"
        let sql = """
            SELECT \(columns) FROM removed_listens WHERE event_hash = ?1
            UNION SELECT \(columns) FROM removed_listens WHERE span_hash IN (SELECT value FROM json_each(?2))
            """
        let listens = try Array(
            rows(sql, [mark.eventHash, jsonArray(mark.spanHashes)]).map { row in
                RemovedListen(
                    id: row[0],
                    mark: .init(
                        eventHash: row[1], spanHash: row[2], startMs: row[3], speakerHash: row[4], ownerHash: row[5],
                        isToTheMinute: row[6]))
            })
        return listens.sorted { $0.id < $1.id }
    }

    func insertRemovedListen(_ mark: RemovedListen.Mark, _ id: Listen.ID, correction: Correction.ID) throws {
        try execute(
            """
            INSERT INTO removed_listens (correction_id, listen_id, event_hash, span_hash, start_ms, speaker_hash,
                owner_hash, is_to_the_minute)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                correction, id, mark.eventHash, mark.spanHash, mark.startMs, mark.speakerHash, mark.ownerHash,
                mark.isToTheMinute,
            ])
    }
}

import Foundation
import GRDB
import Household

// The tables `removed_listens` and `store_salt`.
extension StoreTransaction {
    func salt() throws -> Data { try row("SELECT salt FROM store_salt").map { $0[0] } ?? Data() }

    func hasRemovedListens() throws -> Bool { try row("SELECT 1 FROM removed_listens LIMIT 1") != nil }

    func removedListens(like mark: RemovedListen.Mark) throws -> [RemovedListen] {
        let sameEvent = try removedListens("event_hash = ?", [mark.eventHash])
        let near = try removedListens(
            "span_hash IN (SELECT value FROM json_each(?)) LIMIT ?",
            [jsonArray(mark.spanHashes), 2 * Limits.sameListens])
        return (sameEvent + near.filter { !sameEvent.contains($0) }).sorted { $0.id < $1.id }
    }

    private func removedListens(_ condition: String, _ arguments: StatementArguments) throws -> [RemovedListen] {
        let columns = "id, event_hash, span_hash, start_ms, speaker_hash, owner_hash, is_to_the_minute"
        return try Array(
            rows("SELECT \(columns) FROM removed_listens WHERE \(condition)", arguments).map { row in
                RemovedListen(
                    id: row[0],
                    mark: .init(
                        eventHash: row[1], spanHash: row[2], startMs: row[3], speakerHash: row[4], ownerHash: row[5],
                        isToTheMinute: row[6]))
            })
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

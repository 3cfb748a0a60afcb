import GRDB
import Household
import Listening

extension StoreTransaction {
    /// The id of a removed listen is not given to another as long as the removal can be undone.
    private static let insertion = """
        INSERT INTO listen_events (id, track_id, event_id, title, artist, album, uri, duration_s, started_at, played_s,
            outcome, speaker_name, profile_id, rule, source)
        VALUES (
            1 + max((SELECT ifnull(max(id), 0) FROM listen_events), (SELECT ifnull(max(id), 0) FROM corrected_listens)),
            ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """

    func insertListen(_ listen: NewListen, trackID: Int64) throws -> Listen.ID {
        try execute(Self.insertion, listen.columnValues(trackID: trackID))
        return RowID(database.lastInsertedRowID)
    }

    func importListen(_ listen: NewListen, trackID: Int64) throws -> Bool {
        try execute(Self.insertion + " ON CONFLICT (event_id) DO NOTHING", listen.columnValues(trackID: trackID))
        return database.changesCount > 0
    }
}

extension NewListen {
    fileprivate func columnValues(trackID: Int64) -> StatementArguments {
        [
            trackID, eventID, media.title, media.artist, media.album, media.uri, media.durationS,
            startedAt.milliseconds, playedS, outcome.rawValue, speakerName, owner, rule.rawValue, source,
        ]
    }
}

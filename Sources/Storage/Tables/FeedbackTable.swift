import GRDB
import Household

// The table `feedback`.
extension StoreTransaction {
    private static let selection = """
        SELECT feedback.id, profile_id, track_id, verdict, given_at, speaker_name, profiles.name AS profile_name,
            artist, title
        FROM feedback JOIN profiles ON profiles.id = profile_id JOIN tracks ON tracks.id = track_id
        """

    func feedback(_ id: Feedback.ID) throws -> Feedback? {
        try row("\(Self.selection) WHERE feedback.id = ?", [id]).map { try Feedback($0) }
    }

    func feedback(ofProfile id: Profile.ID?, limit: Int, below cursor: Feedback.ID?) throws -> [Feedback] {
        var conditions = Conditions()
        if let id { conditions.add("profile_id = ?", [id]) }
        if let cursor { conditions.add("feedback.id < ?", [cursor]) }
        let sql = "\(Self.selection) \(conditions.sql) ORDER BY feedback.id DESC LIMIT ?"
        return try Array(rows(sql, conditions.arguments + [limit]).map { try Feedback($0) })
    }

    func feedback(ofProfile id: Profile.ID) throws -> [Feedback] {
        let sql = "\(Self.selection) WHERE profile_id = ? ORDER BY given_at, feedback.id"
        return try Array(rows(sql, [id]).map { try Feedback($0) })
    }
}

extension StoreTransaction {
    func saveFeedback(_ feedback: NewFeedback) throws -> Feedback.ID {
        let sql = """
            INSERT INTO feedback (profile_id, track_id, verdict, given_at, speaker_name) VALUES (?, ?, ?, ?, ?)
            ON CONFLICT (profile_id, track_id, verdict) DO UPDATE SET
                given_at = excluded.given_at, speaker_name = excluded.speaker_name
            RETURNING id
            """
        let row = try row(
            sql,
            [
                feedback.profileID, feedback.trackID, feedback.verdict.word, feedback.givenAt.milliseconds,
                feedback.speakerName,
            ])
        guard let row else { throw HouseholdError(.internal, "SQLite returned no id for the feedback") }
        return row["id"]
    }

    func deleteFeedback(_ id: Feedback.ID) throws { try execute("DELETE FROM feedback WHERE id = ?", [id]) }
}

extension Feedback {
    fileprivate init(_ row: Row) throws {
        let given = NewFeedback(
            profileID: row["profile_id"], trackID: row["track_id"], verdict: try row.choice("verdict"),
            givenAt: row.date("given_at"), speakerName: row["speaker_name"])
        self.init(
            id: row["id"], given: given, profileName: row["profile_name"], artist: row["artist"], title: row["title"])
    }
}

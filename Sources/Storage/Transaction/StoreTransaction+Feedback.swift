import GRDB
import Household
import Taste

extension StoreTransaction {
    private static let selection = """
        SELECT feedback.id, profile_id, track_id, verdict, given_at, speaker_name, profiles.name, artist, title
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

    func verdicts(ofProfile id: Profile.ID) throws -> [GivenVerdict] {
        let sql = """
            SELECT verdict, track_id, artist_key, given_at FROM feedback JOIN tracks ON tracks.id = track_id
            WHERE profile_id = ? ORDER BY given_at, feedback.id
            """
        return try Array(
            rows(sql, [id]).map {
                GivenVerdict(try $0.choice(0), trackID: $0[1], artistKey: $0[2], givenAt: $0.date(3))
            })
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
                feedback.profileID, feedback.trackID, feedback.verdict.rawValue, feedback.givenAt.milliseconds,
                feedback.speakerName,
            ])
        guard let row else { throw HouseholdError(.internal, "The store did not say where it put the feedback") }
        return row[0]
    }

    func deleteFeedback(_ id: Feedback.ID) throws { try execute("DELETE FROM feedback WHERE id = ?", [id]) }
}

extension Feedback {
    fileprivate init(_ row: Row) throws {
        let given = NewFeedback(
            profileID: row[1], trackID: row[2], verdict: try row.choice(3), givenAt: row.date(4), speakerName: row[5])
        self.init(id: row[0], given: given, profileName: row[6], artist: row[7], title: row[8])
    }
}

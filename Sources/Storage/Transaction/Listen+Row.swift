import GRDB
import Household
import Listening
import Taste

extension Listen {
    /// Columns in the order in which rows are read, and the tables that have them.
    static let selection = """
        SELECT listen.id, track_id, event_id, title, artist, album, uri, duration_s, started_at, played_s, outcome,
            speaker_name, profile_id, rule, source, profile.name
        FROM listen_events AS listen LEFT JOIN profiles AS profile ON profile.id = profile_id
        """

    /// Reads a row.
    ///
    /// Only music is ever stored, so the kind of the sound is not.
    init(_ row: Row) throws {
        let media = Media(title: row[3], artist: row[4], album: row[5], uri: row[6], durationS: row[7])
        let event = NewListen(
            eventID: row[2], media: media, startedAt: row.date(8), playedS: row[9], outcome: try row.choice(10),
            speakerName: row[11], owner: row[12], rule: try row.choice(13), source: row[14])
        self.init(id: row[0], trackID: row[1], event: event, profileName: row[15])
    }
}

extension ListenSelection {
    /// The selection as a condition on `listen_events`.
    var conditions: Conditions {
        var conditions = Conditions()
        if let owner { conditions.add("profile_id IS ?", [owner]) }
        if let otherThan { conditions.add("profile_id IS NOT ?", [otherThan]) }
        if let speakerName { conditions.add("speaker_name = ?", [speakerName]) }
        if let since { conditions.add("started_at >= ?", [since.milliseconds]) }
        if let until { conditions.add("started_at < ?", [until.milliseconds]) }
        if let artist {
            let key = TrackIdentity.artistKey(of: artist)
            conditions.add("track_id IN (SELECT id FROM tracks WHERE artist_key = ?)", [key])
        }
        return conditions
    }
}

import GRDB
import Household
import Listening
import Taste

extension StoreTransaction {
    func trackCount() throws -> Int { try row("SELECT count(*) FROM tracks").map { $0[0] } ?? 0 }

    func tracks(_ ids: [Int64]) throws -> [Track] {
        let sql = "SELECT \(Track.columns) FROM tracks WHERE id IN (SELECT value FROM json_each(?))"
        return try Array(rows(sql, [jsonArray(ids)]).map { Track($0) })
    }

    func forEachTrack(_ body: (TrackDescription) throws -> Void) throws {
        var lists = GenreLists()
        try forEachRow("SELECT \(Track.columns) FROM tracks ORDER BY id") {
            try body(TrackDescription($0, lists: &lists))
        }
    }

    /// The track that this is.
    ///
    /// Names go before the uri, because players leave an old uri behind more often than an old title; so if the names
    /// are those of one track and the uri is that of another, it is the one with the names.
    func trackID(of media: Media) throws -> Int64? {
        if let title = media.title {
            let identity = TrackIdentity(artist: media.artist, title: title)
            if let id = try trackID(identity) { return id }
        }
        return try trackID(uri: media.recordingURI)
    }

    func trackID(_ identity: TrackIdentity) throws -> Int64? {
        try row(
            "SELECT id FROM tracks WHERE artist_key = ? AND title_key = ?", [identity.artistKey, identity.titleKey]
        ).map { $0[0] }
    }

    func trackID(uri: String?) throws -> Int64? {
        guard let uri else { return nil }
        return try row("SELECT id FROM tracks WHERE uri = ?", [uri]).map { $0[0] }
    }
}

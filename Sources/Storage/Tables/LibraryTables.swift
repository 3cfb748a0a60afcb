import Foundation
import GRDB
import Household

// The tables `libraries`, `addresses` and `track_sounds`.
extension StoreTransaction {
    func library(_ name: String) throws -> StoredLibrary? {
        try row("SELECT * FROM libraries WHERE name = ?", [name]).map { row in
            var library = StoredLibrary(name: name)
            library.revision = row["revision"]
            library.syncedAt = row.optionalDate("synced_at")
            library.tracks = row["tracks"]
            library.generation = row["generation"]
            library.problem = row["problem"]
            library.needsConfirmation = row["needs_confirmation"]
            if let revision: String = row["reading_revision"] {
                library.reading = .init(
                    position: row["reading_position"], revision: revision, tracksBefore: row["reading_tracks_before"],
                    read: row["reading_read"])
            }
            return library
        }
    }

    func saveLibrary(_ library: StoredLibrary) throws {
        let reading = library.reading
        try execute("INSERT INTO libraries (name) VALUES (?) ON CONFLICT (name) DO NOTHING", [library.name])
        try execute(
            """
            UPDATE libraries SET revision = ?, synced_at = ?, tracks = ?, generation = ?, problem = ?,
                needs_confirmation = ?, reading_revision = ?, reading_position = ?, reading_tracks_before = ?,
                reading_read = ?
            WHERE name = ?
            """,
            [
                library.revision, library.syncedAt?.milliseconds, library.tracks, library.generation, library.problem,
                library.needsConfirmation, reading?.revision, reading?.position, reading?.tracksBefore ?? 0,
                reading?.read ?? 0, library.name,
            ])
    }

    func addresses(of ids: [Track.ID]) throws -> [Track.ID: [String: String]] {
        // Of several addresses that a track has in one library, the one that was found last.
        let sql = """
            SELECT track_id, libraries.name, uri FROM addresses JOIN libraries ON libraries.id = library_id
            WHERE track_id IN (SELECT value FROM json_each(?)) ORDER BY addresses.generation, uri DESC
            """
        var addresses: [Track.ID: [String: String]] = [:]
        let rows = try Row.fetchCursor(database, sql: sql, arguments: [jsonArray(ids)])
        while let row = try rows.next() { addresses[row[0], default: [:]][row[1]] = row[2] as String }
        return addresses
    }

    func trackIDs(at addresses: [String], inLibrary name: String) throws -> [String: Track.ID] {
        guard let library = try libraryID(name) else { return [:] }
        var ids: [String: Track.ID] = [:]
        for uri in addresses {
            ids[uri] = try row("SELECT track_id FROM addresses WHERE uri = ? AND library_id = ?", [uri, library]).map {
                $0[0]
            }
        }
        return ids
    }

    func forEachTrack(inLibraries names: [String], _ body: (Track.ID) -> Void) throws {
        for name in names {
            guard let id = try libraryID(name) else { continue }
            try forEachRow("SELECT track_id FROM addresses WHERE library_id = ?", [id]) { body($0[0]) }
        }
    }

    func trackCount(ofLibrary name: String) throws -> Int {
        guard let id = try libraryID(name) else { return 0 }
        return try row("SELECT count(DISTINCT track_id) FROM addresses WHERE library_id = ?", [id]).map { $0[0] } ?? 0
    }

    func tracksLost(byLibrary name: String, generation: Int) throws -> Int {
        guard let id = try libraryID(name) else { return 0 }
        let found = "SELECT 1 FROM addresses AS found WHERE found.library_id = ?1 AND found.generation = ?2"
        let sql = """
            SELECT count(*) FROM (SELECT DISTINCT track_id AS id FROM addresses WHERE library_id = ?1) AS track
            WHERE NOT EXISTS (\(found) AND found.track_id = track.id AND found.next_track_id IS NULL)
                AND NOT EXISTS (\(found) AND found.next_track_id = track.id)
            """
        return try row(sql, [id, generation]).map { $0[0] } ?? 0
    }

    private func libraryID(_ name: String) throws -> Int64? {
        try row("SELECT id FROM libraries WHERE name = ?", [name]).map { $0[0] }
    }
}

extension StoreTransaction {
    func importTracks(_ tracks: [LibraryTrack], ofLibrary name: String, generation: Int) throws -> LibraryCounts {
        guard let library = try libraryID(name) else {
            throw HouseholdError(.internal, "The library \(name) was not stored before its tracks")
        }
        var counts = LibraryCounts()
        for track in tracks {
            let (id, isNew) = try findOrInsert(track.details)
            counts.added += isNew ? 1 : 0
            counts.known += isNew ? 0 : 1
            try note(track.uri, of: id, library, generation)
            if let sound = track.sound { counts.sounds += try save(sound, of: id) }
        }
        return counts
    }

    /// Notes that an address was found. A track that is to have it instead of another one waits for the end.
    private func note(_ uri: String, of track: Track.ID, _ library: Int64, _ generation: Int) throws {
        try execute(
            """
            INSERT INTO addresses (uri, library_id, track_id, generation) VALUES (?1, ?2, ?3, ?4)
            ON CONFLICT (uri, library_id) DO UPDATE SET generation = ?4,
                next_track_id = CASE WHEN track_id <> ?3 THEN ?3 END
            """, [uri, library, track, generation])
    }

    /// Stores a vector, unless it is there; how many were stored.
    private func save(_ sound: SoundVector, of track: Track.ID) throws -> Int {
        try execute(
            """
            INSERT INTO track_sounds (track_id, space, vector) VALUES (?, ?, ?)
            ON CONFLICT (track_id, space) DO UPDATE SET vector = excluded.vector WHERE vector <> excluded.vector
            """, [track, sound.space, sound.littleEndian])
        return database.changesCount
    }

    func moveAddresses(ofLibrary name: String, generation: Int, limit: Int) throws -> Int {
        guard let library = try libraryID(name) else { return 0 }
        try execute(
            """
            UPDATE addresses SET track_id = next_track_id, next_track_id = NULL
            WHERE library_id = ?1 AND uri IN (
                SELECT uri FROM addresses WHERE next_track_id IS NOT NULL AND library_id = ?1 AND generation = ?2 LIMIT ?3)
            """, [library, generation, limit])
        return database.changesCount
    }

    func removeAddresses(ofLibrary name: String, before generation: Int, limit: Int) throws -> Int {
        guard let library = try libraryID(name) else { return 0 }
        try execute(
            """
            DELETE FROM addresses WHERE library_id = ?1 AND uri IN (
                SELECT uri FROM addresses WHERE library_id = ?1 AND generation < ?2 LIMIT ?3)
            """, [library, generation, limit])
        return database.changesCount
    }
}

// The table `track_sounds`.
extension StoreTransaction {
    func soundSpaces(ofLibrary library: String?) throws -> [SoundSpace] {
        let condition = """
            WHERE track_id IN (SELECT track_id FROM addresses JOIN libraries ON libraries.id = library_id WHERE name = ?)
            """
        let sql = """
            SELECT space, count(*) FROM track_sounds \(library == nil ? "" : condition) GROUP BY space ORDER BY max(id) DESC
            """
        var spaces: [SoundSpace] = []
        try forEachRow(sql, library.map { [$0] } ?? []) { spaces.append(SoundSpace(name: $0[0], tracks: $0[1])) }
        return spaces
    }

    func removeSounds(inSpaces names: [String], limit: Int) throws -> Int {
        let names = names.map(\.databaseValue)
        try execute(
            """
            DELETE FROM track_sounds WHERE id IN (
                SELECT id FROM track_sounds WHERE space IN (\(databaseQuestionMarks(count: names.count))) LIMIT ?)
            """, StatementArguments(names) + [limit])
        return database.changesCount
    }

    func forEachSound(inSpace name: String, _ body: (Track.ID, [Float]) -> Void) throws {
        try forEachRow("SELECT track_id, vector FROM track_sounds WHERE space = ? ORDER BY track_id", [name]) {
            body($0[0], SoundVector.values(littleEndian: $0[1]))
        }
    }

    func sounds(of ids: [Track.ID], inSpace name: String) throws -> [(id: Track.ID, values: [Float])] {
        let sql = """
            SELECT track_id, vector FROM json_each(?1) JOIN track_sounds ON track_id = value AND space = ?2
            """
        var sounds: [(id: Track.ID, values: [Float])] = []
        let rows = try rows(sql, [jsonArray(ids), name])
        while let row = try rows.next() { sounds.append((row[0], SoundVector.values(littleEndian: row[1]))) }
        return sounds
    }
}

// The library `files`, whose addresses come with catalog files and listens. A track has at most one.
extension StoreTransaction {
    /// The row of the library `files`, which its migration made.
    static let filesID = 1

    /// Gives an address of a catalog file to a track, in place of the one that it had.
    func give(_ uri: String?, to track: Track.ID) throws {
        guard let uri else { return }
        try execute(
            "DELETE FROM addresses WHERE track_id = ? AND library_id = \(Self.filesID) AND uri <> ?", [track, uri])
        try execute(
            """
            INSERT INTO addresses (uri, library_id, track_id) VALUES (?, \(Self.filesID), ?)
            ON CONFLICT (uri, library_id) DO UPDATE SET track_id = excluded.track_id
                WHERE track_id <> excluded.track_id
            """, [uri, track])
    }

    /// Keeps the address that a listen names, unless the track has one, or any track has this one.
    func keep(_ uri: String?, heardAs track: Track.ID) throws {
        guard let uri else { return }
        try execute(
            """
            INSERT INTO addresses (uri, library_id, track_id) SELECT ?1, \(Self.filesID), ?2
            WHERE NOT EXISTS (SELECT 1 FROM addresses WHERE uri = ?1)
                AND NOT EXISTS (SELECT 1 FROM addresses WHERE track_id = ?2 AND library_id = \(Self.filesID))
            """, [uri, track])
    }

    /// The track that has an address now. What a library was last read to have counts before what a file once said.
    func trackID(uri: String?) throws -> Track.ID? {
        guard let uri else { return nil }
        return try row("SELECT track_id FROM addresses WHERE uri = ? ORDER BY library_id DESC LIMIT 1", [uri]).map {
            $0[0]
        }
    }

    /// The track that has an address of a catalog file.
    func trackID(ofFile uri: String?) throws -> Track.ID? {
        guard let uri else { return nil }
        return try row(
            "SELECT track_id FROM addresses WHERE uri = ? AND library_id = \(Self.filesID)", [uri]
        ).map { $0[0] }
    }
}

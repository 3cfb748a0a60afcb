import Foundation
import GRDB
import HauntTestSupport
import Household
import Taste
import Testing

@testable import Storage

@Suite("A store of every earlier schema")
struct EverySchemaTests {
    private static let schemas = Migrations.migrator.migrations.dropLast()

    /// A filled database of a schema: 300 listens of 40 tracks in 200 days, some short, some not completed; from 003 on
    /// half of them are a profile's.
    private func fill(_ path: String, _ schema: String) throws {
        let queue = try DatabaseQueue(path: path)
        try Migrations.migrator.migrate(queue, upTo: schema)
        let hasProfiles = schema >= "003"
        try queue.write { database in
            for id in 1...40 {
                try database.execute(
                    sql: "INSERT INTO tracks (id, artist_key, title_key, artist, title) VALUES (?, 'a', ?, 'A', ?)",
                    arguments: [id, "t\(id)", "T\(id)"])
            }
            if hasProfiles {
                try database.execute(
                    sql: "INSERT INTO profiles (id, name, display_name, created_at) VALUES (7, 'anna', 'Anna', 0)")
            }
            for id in 1...300 { try insertListen(id, hasProfiles, database) }
            // A taste that lacks most of it, as another version may have built it.
            try database.execute(
                sql: hasProfiles
                    ? "INSERT INTO taste_profiles (profile_id, version) VALUES (7, 3)"
                    : "INSERT INTO taste_profiles (name, version) VALUES ('default', 3)")
            try database.execute(
                sql: """
                    INSERT INTO taste_tracks (taste_id, track_id, last_played_at, plays_1d, plays_4d, plays_16d, plays_64d,
                        plays_256d, plays_1024d, plays)
                    VALUES (1, 9, 1700000000000, 1, 1, 1, 1, 1, 1, 1)
                    """)
        }
        try queue.close()
    }

    private func insertListen(_ id: Int, _ hasProfiles: Bool, _ database: Database) throws {
        let heardS: Int? = [nil, 20, 200][id % 3]
        let outcome = id % 2 == 0 ? "completed" : "partial"
        let time = 1_700_000_000_000 + id * 57_600_000
        try database.execute(
            sql: """
                INSERT INTO listen_events (id, event_id, track_id, title, artist, started_at, played_s, outcome, source)
                VALUES (?, ?, ?, 'T', 'A', ?, ?, ?, 'old')
                """, arguments: [id, "e\(id)", id * id % 40 + 1, time, heardS, outcome])
        guard hasProfiles, id % 2 == 0 else { return }
        try database.execute(
            sql: "UPDATE listen_events SET profile_id = 7, rule = 'payload' WHERE id = ?", arguments: [id])
    }

    @Test("It has every listen after the update, and its tastes are those that a rebuild gives", arguments: schemas)
    func tastes(schema: String) async throws {
        let directory = try TemporaryDirectory()
        let path = directory.path("house.db")
        try fill(path, schema)
        let house = try TestHouse(store: HouseholdDatabase(path: path))
        try await house.household.warmUp()
        #expect(try house.listens().count == 300)
        for profile in try house.store.read({ try $0.profiles() }) {
            let plays = try house.store.read { try $0.countedPlays(owner: profile.owner, before: nil) }
            #expect(try house.tasteBytes(of: profile.name) == ProfileTaste.rebuilt(from: plays).bytes)
            #expect(try !house.store.read { try $0.tasteStamp(ofProfile: profile.id) }.isStale)
            #expect(!plays.isEmpty)
        }
    }
}

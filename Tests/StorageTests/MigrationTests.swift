import Foundation
import GRDB
import HauntTestSupport
import Household
import Taste
import Testing

@testable import Storage

@Suite("Migrations")
struct MigrationTests {
    let directory: TemporaryDirectory
    let path: String

    init() throws {
        directory = try TemporaryDirectory()
        path = directory.path("house.db")
    }

    private func exists(_ suffix: String) -> Bool { FileManager.default.fileExists(atPath: path + suffix) }

    /// Number of the newest migration.
    private static let newest = Migrations.migrator.migrations.last.flatMap { Int($0) } ?? 0

    /// The current migrations and one more.
    private func migrator(with sql: String) -> DatabaseMigrator {
        var migrator = Migrations.migrator
        migrator.registerMigration("099") { try $0.execute(sql: sql) }
        return migrator
    }

    @Test("The migration to named profiles keeps every listen and taste, and has the tastes rebuilt")
    func namedProfiles() throws {
        let old = try OldDatabase(path: path)
        let columns =
            "id, event_id, track_id, title, artist, album, uri, started_at, played_s, outcome, speaker_name, source"
        let listed = "playlist_id, position, track_id, score, reason_kind, reason, interest"
        let counters = "taste_id, track_id, last_played_at, plays_1d, plays_64d, plays"
        let before = try [("tracks", "*"), ("taste_tracks", counters), ("playlist_tracks", listed)].map {
            try OldDatabase.rows($0, columns: $1, in: path)
        }
        let listens = try OldDatabase.rows("listen_events", columns: columns, in: path)

        let store = try HouseholdDatabase(path: path)
        #expect(store.schemaVersion == Self.newest)
        #expect(try OldDatabase.rows("listen_events", columns: columns, in: path) == listens)
        #expect(try OldDatabase.rows("taste_tracks", columns: counters, in: path) == before[1])
        #expect(try OldDatabase.rows("playlist_tracks", columns: listed, in: path) == before[2])
        try store.read { store in
            let profiles = try store.profiles()
            #expect(profiles.map(\.name) == ["default", "party"])
            let profile = try #require(profiles.first)
            let taste = try store.taste(ofProfile: profile.id)
            #expect(taste.kernels == old.taste.kernels)
            #expect(taste.counters.mapValues(\.values) == old.taste.counters.mapValues(\.values))
            // Listen n is of track n % 20 + 1 and began after n minutes.
            for (id, counters) in taste.counters {
                let listen = id == 1 ? 20 : id.rawValue - 1
                #expect(counters.first == Date(milliseconds: 1_700_000_000_000 + listen * 60_000))
            }
            let builtAt = Date(milliseconds: 1_700_000_000_001)
            #expect(
                try store.tasteStamp(ofProfile: profile.id) == TasteStamp(version: 60, builtAt: builtAt, isStale: true))
            #expect(try store.tasteStamp(ofProfile: profiles[1].id).version == 2)
            #expect(try store.countedPlays(owner: .nobody, before: nil).count == 60)
            #expect(try store.listen(eventID: "e7")?.profileName == nil)
            #expect(try store.listen(eventID: "e7")?.event.rule == .default)
            #expect(try store.trackCount() == before[0].count)
            let playlist = try #require(try store.playlist("p1"))
            #expect(playlist.profileName == "default")
            #expect(playlist.entries.map(\.track.details.uri) == ["library://track/7"])
            #expect(playlist.entries.first?.track.details.genres == ["jazz", "bop"])
        }
    }

    @Test("The schema has the tables and columns that others rely on")
    func names() throws {
        _ = try HouseholdDatabase(path: path)
        let columns = { (table: String) in
            try OldDatabase.rows("pragma_table_info('\(table)')", columns: "name", in: path)
        }
        #expect(try columns("profiles") == ["id", "name", "display_name", "created_at"].map { "[name:\"\($0)\"]" })
        #expect(
            try columns("speaker_profile_mappings")
                == ["id", "speaker_name", "profile_id"].map { "[name:\"\($0)\"]" })
    }

    @Test("A file with an older schema is copied before it is migrated")
    func copy() throws {
        _ = try OldDatabase(path: path)
        let events = try OldDatabase.rows("listen_events", in: path)
        _ = try HouseholdDatabase(path: path)
        #expect(try OldDatabase.rows("listen_events", in: path + ".before-003") == events)
        #expect(try OldDatabase.rows("grdb_migrations", in: path + ".before-003").count == 2)
    }

    @Test("A new file and one of the newest schema are not copied")
    func noCopy() throws {
        for _ in 0..<2 { try HouseholdDatabase(path: path).close() }
        let names = try FileManager.default.contentsOfDirectory(atPath: directory.url.path())
        #expect(!names.contains { $0.contains(".before-") })
    }

    @Test("Three copies of older schemas are kept")
    func prune() throws {
        for number in ["001", "002", "003"] { try directory.write("old", to: "house.db.before-\(number)") }
        try HouseholdDatabase(path: path).close()
        let migrator = migrator(with: "CREATE TABLE more (id INTEGER PRIMARY KEY)")
        #expect(try HouseholdDatabase(path: path, migrator: migrator).schemaVersion == 99)
        #expect(!exists(".before-001"))
        #expect(exists(".before-002"))
        #expect(exists(".before-003"))
        #expect(exists(".before-099"))
    }

    @Test("A migration that fails changes nothing and leaves a copy")
    func failure() throws {
        let first = try HouseholdDatabase(path: path)
        try first.write { try $0.record(Sample.listen("e1")) }
        try first.close()
        let migrator = migrator(with: "DROP TABLE listen_events; SELECT * FROM nothing")
        for _ in 0..<2 {
            let error = #expect(throws: HouseholdError.self) { try HouseholdDatabase(path: path, migrator: migrator) }
            #expect(error?.code == .unavailable)
            #expect(error?.message.contains("could not be brought to schema 99") == true)
        }
        for path in [path, path + ".before-099"] {
            let store = try HouseholdDatabase(path: path)
            #expect(try store.read { try $0.listen(eventID: "e1") }?.event == Sample.listen("e1"))
        }
    }

    @Test("A file with a newer schema is refused and not changed")
    func newer() throws {
        let migrator = migrator(with: "CREATE TABLE more (id INTEGER PRIMARY KEY)")
        try HouseholdDatabase(path: path, migrator: migrator).close()
        for open in [HouseholdDatabase.init(path:), HouseholdDatabase.readOnly] {
            let error = #expect(throws: HouseholdError.self) { try open(path) }
            #expect(error?.code == .conflict)
            #expect(error?.message.contains("newer haunt: it has schema 99") == true)
        }
        #expect(try HouseholdDatabase(path: path, migrator: migrator).schemaVersion == 99)
    }
}

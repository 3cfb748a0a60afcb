import Foundation
import HauntTestSupport
import Household
import Testing

@testable import Storage

@Suite("Restoring a store")
struct RestoreTests {
    let directory: TemporaryDirectory
    let path: String
    let backup: String

    init() throws {
        directory = try TemporaryDirectory()
        path = directory.path("house.db")
        backup = directory.path("backup.db")
    }

    private func events() throws -> [String] {
        let store = try HouseholdDatabase(path: path)
        defer { try? store.close() }
        let listens = try store.read { try $0.listens(ListenSelection(), limit: 100, after: nil) }
        return listens.map(\.event.eventID).sorted()
    }

    /// Writes a store with one listen, backs it up, and writes another listen.
    private func makeStore() throws -> HouseholdDatabase {
        let store = try HouseholdDatabase(path: path)
        try store.write { try $0.record(Sample.listen("e1")) }
        try store.backup(to: backup)
        try store.write { try $0.record(Sample.listen("e2", after: 60)) }
        return store
    }

    @Test("The backup is in place afterwards, and the store that was there is beside it with all that it had")
    func restore() throws {
        try makeStore().close()
        let old = try #require(try StoreRestore.run(backup, to: path, at: Sample.time))
        #expect(try events() == ["e1"])
        let kept = try HouseholdDatabase.readOnly(path: old)
        #expect(try kept.read { try $0.listen(eventID: "e2") } != nil)
        let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? NSNumber
        #expect(mode?.intValue == 0o600)
    }

    @Test("A journal that a killed process left is not taken for one of the backup")
    func leftJournal() throws {
        let store = try makeStore()
        let killed = directory.path("killed.db")
        for suffix in ["", "-wal"] {
            try FileManager.default.copyItem(atPath: path + suffix, toPath: killed + suffix)
        }
        try store.close()
        for suffix in ["", "-wal"] {
            try? FileManager.default.removeItem(atPath: path + suffix)
            try FileManager.default.moveItem(atPath: killed + suffix, toPath: path + suffix)
        }
        let old = try #require(try StoreRestore.run(backup, to: path, at: Sample.time))
        #expect(try events() == ["e1"])
        #expect(try HouseholdDatabase.readOnly(path: old).read { try $0.listen(eventID: "e2") } != nil)
    }

    @Test("A backup that is copied over a store is what the next run reads, also beside a killed process's journal")
    func copied() throws {
        let store = try makeStore()
        let journal = try Data(contentsOf: URL(filePath: path + "-wal"))
        try store.close()
        try Data(contentsOf: URL(filePath: backup)).write(to: URL(filePath: path))
        try journal.write(to: URL(filePath: path + "-wal"))
        let error = #expect(throws: HouseholdError.self) { try HouseholdDatabase.readOnly(path: path) }
        #expect(error?.code == .conflict)
        #expect(try events() == ["e1"])
        #expect(try Data(contentsOf: URL(filePath: path + ".before-copy-wal")) == journal)
        #expect(try HouseholdDatabase.readOnly(path: path).read { try $0.listen(eventID: "e1") } != nil)
    }

    @Test("A journal that a killed process left is read when its store is there")
    func ownJournal() throws {
        let store = try makeStore()
        let killed = directory.path("killed.db")
        for suffix in ["", "-wal"] { try FileManager.default.copyItem(atPath: path + suffix, toPath: killed + suffix) }
        try store.close()
        let opened = try HouseholdDatabase(path: killed)
        #expect(try opened.read { try $0.listen(eventID: "e2") } != nil)
    }

    @Test("A store that is missing or damaged does not stand in the way")
    func damagedStore() throws {
        try makeStore().close()
        try directory.write(String(repeating: "no database ", count: 500), to: "house.db")
        _ = try StoreRestore.run(backup, to: path, at: Sample.time)
        #expect(try events() == ["e1"])
        try FileManager.default.removeItem(atPath: path)
        #expect(try StoreRestore.run(backup, to: path, at: Sample.time.addingTimeInterval(5)) == nil)
        #expect(try events() == ["e1"])
    }

    @Test(
        "What is no backup, or a damaged one, changes nothing", arguments: ["text", "cut", "other", "empty", "itself"])
    func refused(kind: String) throws {
        try makeStore().close()
        switch kind {
        case "text": try directory.write("a letter to a friend", to: "backup.db")
        case "cut":
            let bytes = try Data(contentsOf: URL(filePath: backup))
            try bytes.prefix(bytes.count / 2).write(to: URL(filePath: backup))
        case "empty": try directory.write("", to: "backup.db")
        default: break
        }
        let file = kind == "itself" ? path : kind == "other" ? directory.path("none.db") : backup
        #expect(throws: HouseholdError.self) { try StoreRestore.run(file, to: path, at: Sample.time) }
        #expect(try events() == ["e1", "e2"])
        let names = try FileManager.default.contentsOfDirectory(atPath: directory.url.path())
        #expect(!names.contains { $0.contains("restore") })
    }

    @Test("A backup of an older schema is restored, and brought up to date at the next start")
    func olderBackup() throws {
        try makeStore().close()
        try FileManager.default.removeItem(atPath: backup)
        _ = try OldDatabase(path: backup)
        _ = try StoreRestore.run(backup, to: path, at: Sample.time)
        #expect(try events().count == 60)
    }
}

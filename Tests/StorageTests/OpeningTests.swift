import Foundation
import GRDB
import HauntTestSupport
import Household
import Testing

@testable import Storage

@Suite("Opening a store")
struct OpeningTests {
    let directory: TemporaryDirectory
    let path: String

    init() throws {
        directory = try TemporaryDirectory()
        path = directory.path("house.db")
    }

    @Test("Every commit is synchronised, foreign keys are enforced, and the journal is a write-ahead log")
    func pragmas() throws {
        let store = try HouseholdDatabase(path: path)
        let answers = try store.connections.writeWithoutTransaction { database in
            try ["synchronous", "foreign_keys", "journal_mode"].map {
                try String.fetchOne(database, sql: "PRAGMA \($0)")
            }
        }
        #expect(answers == ["2", "1", "wal"])
    }

    @Test("The files of the store have mode 0600")
    func permissions() throws {
        let store = try HouseholdDatabase(path: path)
        try store.backup(to: path + ".copy")
        for file in ["", "-wal", ".copy"] {
            let attributes = try FileManager.default.attributesOfItem(atPath: path + file)
            #expect((attributes[.posixPermissions] as? NSNumber)?.intValue == 0o600)
        }
    }

    @Test("A closed store is one file, also after reads, so that a copy put in its place is what the next run reads")
    func oneFile() async throws {
        let store = try HouseholdDatabase(path: path)
        try store.write { _ = try $0.record(Sample.listen("e1")) }
        try store.backup(to: path + ".copy")
        try await withThrowingDiscardingTaskGroup { group in
            for _ in 0..<8 { group.addTask { _ = try store.read { try $0.listen(eventID: "e1") } } }
        }
        try store.write { _ = try $0.record(Sample.listen("e2")) }
        try store.close()
        #expect(!FileManager.default.fileExists(atPath: path + "-wal"))
        try FileManager.default.removeItem(atPath: path)
        try FileManager.default.moveItem(atPath: path + ".copy", toPath: path)
        let restored = try HouseholdDatabase(path: path)
        #expect(try restored.read { try $0.listen(eventID: "e2") } == nil)
        #expect(try restored.read { try $0.listen(eventID: "e1") } != nil)
    }

    @Test("A file that is not a database is refused and not changed")
    func noDatabase() throws {
        let text = String(repeating: "This is a letter to a friend. ", count: 100)
        try directory.write(text, to: "house.db")
        for open in [HouseholdDatabase.init(path:), HouseholdDatabase.readOnly] {
            let error = #expect(throws: HouseholdError.self) { try open(path) }
            #expect(error?.code == .invalid)
            #expect(error?.field == "store.path")
        }
        #expect(try String(contentsOfFile: path, encoding: .utf8) == text)
    }

    @Test("A database of another program is refused and not changed")
    func otherProgram() throws {
        try DatabaseQueue(path: path).write { try $0.execute(sql: "CREATE TABLE tracks (mine TEXT)") }
        let error = #expect(throws: HouseholdError.self) { try HouseholdDatabase(path: path) }
        #expect(error?.code == .invalid)
    }

    @Test("A missing directory is reported", arguments: ["no/such/house.db", ""])
    func noDirectory(name: String) throws {
        let error = #expect(throws: HouseholdError.self) { try HouseholdDatabase(path: directory.path(name)) }
        #expect(error?.code == .unavailable)
    }

    @Test("Opening for reading requires an existing store of the newest schema")
    func readOnlyNeedsStore() throws {
        #expect(throws: HouseholdError.self) { try HouseholdDatabase.readOnly(path: path) }
        #expect(!FileManager.default.fileExists(atPath: path))
        _ = try OldDatabase(path: path)
        let error = #expect(throws: HouseholdError.self) { try HouseholdDatabase.readOnly(path: path) }
        #expect(error?.code == .conflict)
    }

    @Test("A store opened for reading sees the writes of others and refuses to write", arguments: [true, false])
    func readOnly(isWriterOpen: Bool) throws {
        let writer = try HouseholdDatabase(path: path)
        try writer.write { try $0.record(Sample.listen("e1")) }
        if !isWriterOpen { try writer.close() }
        let reader = try HouseholdDatabase.readOnly(path: path)
        #expect(reader.schemaVersion == writer.schemaVersion)
        #expect(try reader.read { try $0.listen(eventID: "e1") } != nil)
        let error = #expect(throws: HouseholdError.self) { try reader.write { _ = try $0.deleteRejected(ids: nil) } }
        #expect(error?.code == .unavailable)
        guard isWriterOpen else { return }
        try writer.write { try $0.record(Sample.listen("e2", after: 60)) }
        #expect(try reader.read { try $0.listen(eventID: "e2") } != nil)
    }
}

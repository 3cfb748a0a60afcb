import Dispatch
import Foundation
import GRDB
import HauntTestSupport
import Household
import Testing

@testable import Storage

@Suite("Durability")
struct DurabilityTests {
    private struct SomethingElse: Error {}

    let directory: TemporaryDirectory
    let path: String
    let store: HouseholdDatabase

    init() throws {
        directory = try TemporaryDirectory()
        path = directory.path("house.db")
        store = try HouseholdDatabase(path: path)
    }

    private func count(_ store: HouseholdDatabase) throws -> Int {
        try store.read { try $0.listens(ListenSelection(), limit: 10_000, after: nil).count }
    }

    @Test("What was written is read by the next process, also when the store was not closed")
    func reopen() throws {
        try store.write { try $0.record(Sample.listen("e1")) }
        #expect(try count(HouseholdDatabase(path: path)) == 1)
        try FileManager.default.copyItem(atPath: path, toPath: path + "2")
        try FileManager.default.copyItem(atPath: path + "-wal", toPath: path + "2-wal")
        #expect(try count(HouseholdDatabase(path: path + "2")) == 1)
    }

    @Test("A transaction that throws is rolled back, and its error is passed on unchanged")
    func rollback() throws {
        #expect(throws: SomethingElse.self) {
            try store.write { store in
                try store.record(Sample.listen("e1"))
                try store.saveCheckpoint(Data([1]))
                _ = try store.addProfile("anna")
                throw SomethingElse()
            }
        }
        try store.read { store throws in
            #expect(try store.trackCount() == 0)
            #expect(try store.checkpoint() == nil)
            #expect(try store.profiles().count == 1)
        }
    }

    @Test("A reader sees the snapshot of its beginning while another connection writes")
    func snapshot() throws {
        try store.write { writing in
            try writing.record(Sample.listen("e1"))
            let seen = try DispatchQueue.global().sync { try count(store) }
            #expect(seen == 0)
        }
        #expect(try count(store) == 1)
        try store.read { reading in
            #expect(try reading.trackCount() == 1)
            try DispatchQueue.global().sync {
                try store.write { try $0.record(Sample.listen("e2", Sample.media("Other"))) }
            }
            #expect(try reading.trackCount() == 1)
        }
        #expect(try count(store) == 2)
    }

    @Test("A full disk is reported, loses nothing, and is written again once there is space")
    func fullDisk() throws {
        try limitPages(more: 8)
        var stored = 0
        let error = #expect(throws: HouseholdError.self) { try fill(counting: &stored) }
        #expect(error?.code == .unavailable)
        #expect(error?.message.contains("full") == true)
        #expect(stored > 0)
        #expect(try count(store) == stored)
        try limitPages(more: 100)
        try store.write { try $0.record(Sample.listen("after", after: 60)) }
        #expect(try count(HouseholdDatabase(path: path)) == stored + 1)
    }

    private func fill(counting stored: inout Int) throws {
        while stored < 10_000 {
            try store.write { try $0.record(Sample.listen("e\(stored)", Sample.media("Song \(stored)"))) }
            stored += 1
        }
    }

    private func limitPages(more pages: Int) throws {
        try store.connections.writeWithoutTransaction { database in
            let count = try Int.fetchOne(database, sql: "PRAGMA page_count") ?? 0
            try database.execute(sql: "PRAGMA max_page_count = \(count + pages)")
        }
    }

    @Test("A backup is complete while others write, and never overwrites a file")
    func backup() throws {
        try store.write { try $0.record(Sample.listen("e1")) }
        let copy = path + ".copy"
        try store.backup(to: copy)
        try store.write { try $0.record(Sample.listen("e2", after: 60)) }
        #expect(try count(HouseholdDatabase(path: copy)) == 1)
        let error = #expect(throws: HouseholdError.self) { try store.backup(to: copy) }
        #expect(error?.code == .conflict)
        #expect(try count(HouseholdDatabase(path: copy)) == 1)
        let away = #expect(throws: HouseholdError.self) { try store.backup(to: directory.path("no/such/copy")) }
        #expect(away?.code == .unavailable)
        let names = try FileManager.default.contentsOfDirectory(atPath: directory.url.path())
        #expect(!names.contains { $0.contains("partial") })
    }

    @Test("Closing moves the journal into the file")
    func close() throws {
        try store.write { try $0.record(Sample.listen("e1")) }
        try store.close()
        try FileManager.default.copyItem(atPath: path, toPath: path + "2")
        #expect(try count(HouseholdDatabase(path: path + "2")) == 1)
        try HouseholdDatabase.readOnly(path: path).close()
        try HouseholdDatabase.inMemory().close()
    }

    @Test("The size on disk includes the journal, and is 0 in memory")
    func bytesOnDisk() throws {
        try store.write { try $0.record(Sample.listen("e1")) }
        let sizes = try ["", "-wal"].map { suffix in
            let attributes = try FileManager.default.attributesOfItem(atPath: path + suffix)
            return try #require(attributes[.size] as? NSNumber).int64Value
        }
        #expect(sizes[1] > 0)
        #expect(store.bytesOnDisk >= sizes[0] + sizes[1])
        #expect(try HouseholdDatabase.inMemory().bytesOnDisk == 0)
    }
}

import Foundation
import HauntTestSupport
import Testing

@testable import Storage

struct StoreFolderTests {
    private let directory: TemporaryDirectory
    private var store: String { directory.path("haunt.db") }

    init() throws { directory = try TemporaryDirectory() }

    private func setMode(_ mode: Int) throws {
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: directory.url.path)
    }

    private func attribute(_ key: FileAttributeKey, of path: String) throws -> Int? {
        (try FileManager.default.attributesOfItem(atPath: path)[key] as? NSNumber)?.intValue
    }

    @Test(
        "The group may read the store where the folder is open to it and closed to others",
        arguments: [(0o750, 0o640), (0o700, 0o600), (0o755, 0o600), (0o770, 0o640), (0o1777, 0o600)])
    func sharesWithGroup(folder: Int, file: Int) throws {
        try setMode(folder)
        let database = try HouseholdDatabase(path: store)
        #expect(try attribute(.posixPermissions, of: store) == file)
        #expect(try attribute(.posixPermissions, of: store + "-wal") == file)
        #expect(StoreFolder.mode(forStoreAt: store, groupMode: 0o060) == (file == 0o640 ? 0o660 : 0o600))
        try database.backup(to: directory.path("copy.db"))
        #expect(try attribute(.posixPermissions, of: directory.path("copy.db")) == 0o600)
        try database.close()
    }

    @Test("What root makes in the folder of a service belongs to the service", .enabled(if: geteuid() == 0))
    func givesToService() throws {
        let service = 65_534
        try FileManager.default.setAttributes(
            [.ownerAccountID: service, .groupOwnerAccountID: service], ofItemAtPath: directory.url.path)
        let lock = try StoreLock.tryAcquire(forStoreAt: store)
        let database = try HouseholdDatabase(path: store)
        for suffix in ["", "-wal", "-shm", ".lock"] {
            #expect(try attribute(.ownerAccountID, of: store + suffix) == service, "\(suffix)")
            #expect(try attribute(.groupOwnerAccountID, of: store + suffix) == service, "\(suffix)")
        }
        try database.close()
        withExtendedLifetime(lock) {}
    }

    @Test("A folder that is missing is made closed to others, and one that is there stays as it is")
    func makes() throws {
        let deep = directory.path("a/b/haunt.db")
        try StoreFolder.make(forStoreAt: deep)
        #expect(try attribute(.posixPermissions, of: directory.path("a/b")) == 0o700)
        try setMode(0o755)
        try StoreFolder.make(forStoreAt: store)
        #expect(try attribute(.posixPermissions, of: directory.url.path) == 0o755)
    }
}

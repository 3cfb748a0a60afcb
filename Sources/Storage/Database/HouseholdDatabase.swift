import Foundation
import GRDB
public import Household

/// The household's store in one SQLite file.
///
/// ## Concurrency model
/// One connection writes, one transaction at a time. A few others read, and each sees the snapshot that was committed
/// when its transaction began. Calls block the calling thread and may come from any thread. What `write` wrote is on
/// disk when it returns: the journal is a write-ahead log that is synchronised at each commit. A killed process or a
/// power cut loses nothing, and the file needs neither repair nor check when it is opened again.
public final class HouseholdDatabase: HouseholdStore {
    let connections: any DatabaseWriter
    /// Path of the file; nil in memory.
    private let path: String?
    /// Number of the newest migration that was run.
    public let schemaVersion: Int

    private init(connections: any DatabaseWriter, path: String?, schemaVersion: Int) {
        self.connections = connections
        self.path = path
        self.schemaVersion = schemaVersion
    }

    /// Runs a transaction that only reads.
    ///
    /// - Parameter body: Reads. It must not call the store itself.
    /// - Returns: The result of the body.
    /// - Throws: What the body throws; ``HouseholdError`` `unavailable` when the file cannot be read.
    public func read<Value>(_ body: (any HouseholdReading) throws -> Value) throws -> Value {
        try HouseholdError.translating(path) {
            try connections.read { try body(StoreTransaction(database: $0)) }
        }
    }

    /// Runs a transaction that may write. Its changes are on disk when this returns.
    ///
    /// - Parameter body: Writes. It must not call the store itself. When it throws, the transaction is rolled back.
    /// - Returns: The result of the body.
    /// - Throws: What the body throws; ``HouseholdError`` `unavailable` when the file cannot be written, for instance
    ///   because the disk is full. The same write may be tried again later.
    public func write<Value>(_ body: (any HouseholdWriting) throws -> Value) throws -> Value {
        try HouseholdError.translating(path) {
            try connections.write { try body(StoreTransaction(database: $0)) }
        }
    }

    /// Size of the file and its journals in bytes; 0 in memory.
    public var bytesOnDisk: Int64 {
        guard let path else { return 0 }
        return ["", "-wal", "-shm"].reduce(0) { sum, suffix in
            let attributes = try? FileManager.default.attributesOfItem(atPath: path + suffix)
            return sum + ((attributes?[.size] as? NSNumber)?.int64Value ?? 0)
        }
    }

    /// Overwrites what deleted rows left behind: free pages, free space in pages, and the journal.
    ///
    /// - Throws: ``HouseholdError`` `unavailable` when the disk has no room for a second copy.
    public func scrub() throws {
        try HouseholdError.translating(path) {
            try connections.vacuum()
            _ = connections.writeWithoutTransaction { try? $0.checkpoint(.truncate) }
        }
    }

    /// Names of the files beside the store whose names begin with its own and that are databases: copies that were made
    /// before migrations and by restoring, and backups with such a name.
    public var copies: [String] {
        guard let path else { return [] }
        let url = URL(filePath: path)
        let folder = url.deletingLastPathComponent().path(percentEncoded: false)
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        let own = ["", "-wal", "-shm", ".sock", ".lock"].map { url.lastPathComponent + $0 }
        return names.filter { $0.hasPrefix(url.lastPathComponent) && !own.contains($0) }.sorted()
    }

    /// Copies the database to a new file. The store can be used meanwhile. No partial file is left when it fails.
    ///
    /// - Parameter path: Path of the new file.
    /// - Throws: ``HouseholdError`` `conflict` when the file exists, `unavailable` when it cannot be written.
    public func backup(to path: String) throws {
        try DatabaseCopy.write(connections, to: path, isReplacing: false)
    }

    /// Moves the journal into the file and closes all connections.
    ///
    /// Nothing is lost when a process ends without calling this. The call waits for no other program: what is left of
    /// the journal is moved by the next run.
    ///
    /// - Throws: ``HouseholdError`` `unavailable` when a transaction is still running.
    public func close() throws {
        try HouseholdError.translating(path) {
            if !connections.configuration.readonly {
                _ = try connections.writeWithoutTransaction { try $0.checkpoint(.passive) }
            }
            // The last connection to close removes the journal, and only one that may write can do it.
            (connections as? DatabasePool)?.invalidateReadOnlyConnections()
            try connections.close()
        }
    }
}

// Opening.
extension HouseholdDatabase {
    /// How long a transaction waits for another program to release the file, in seconds.
    private static let busyTimeoutS = 5.0
    /// How many threads may read at once. Each has a connection and a cache of its own.
    private static let readers = 3
    /// What `PRAGMA synchronous` returns when every commit is synchronised.
    private static let fullySynchronous = 2

    /// Opens a database, or creates it, and migrates it to the newest schema.
    ///
    /// A file of an older schema is first copied to `<path>.before-<number of the next migration>`.
    ///
    /// - Parameter path: Path of the file. Its directory must exist.
    /// - Throws: ``HouseholdError`` `conflict` for a file of a newer schema, `invalid` for a file that is not a Haunt
    ///   database, `unavailable` when the file cannot be opened or a migration fails. A failed migration changes nothing.
    public convenience init(path: String) throws { try self.init(path: path, migrator: Migrations.migrator) }

    convenience init(path: String, migrator: DatabaseMigrator) throws {
        let (pool, version) = try HouseholdError.translating(path) {
            try LeftJournal(path: path).putAside()
            try PrivateFile.createStore(path)
            let pool = try DatabasePool(path: path, configuration: Self.configuration())
            try pool.writeWithoutTransaction(Self.prepareWriter)
            return (pool, try SchemaUpgrade(migrator: migrator, path: path).run(on: pool))
        }
        self.init(connections: pool, path: path, schemaVersion: version)
    }

    /// Opens a database of the newest schema for reading. Every write throws.
    ///
    /// - Parameter path: Path of the file.
    /// - Returns: The store.
    /// - Throws: ``HouseholdError`` `unavailable` when the file does not exist, `invalid` when it is not a Haunt database,
    ///   `conflict` when it has another schema.
    public static func readOnly(path: String) throws -> HouseholdDatabase {
        try HouseholdError.translating(path) {
            try LeftJournal(path: path).check()
            let queue = try DatabaseQueue(path: path, configuration: configuration(isReadOnly: true))
            let version = try SchemaUpgrade(migrator: Migrations.migrator, path: path).currentVersion(of: queue)
            return HouseholdDatabase(connections: queue, path: path, schemaVersion: version)
        }
    }

    /// Creates a database in memory, for tests and benchmarks.
    public static func inMemory() throws -> HouseholdDatabase {
        let queue = try DatabaseQueue(configuration: configuration())
        let version = try SchemaUpgrade(migrator: Migrations.migrator, path: nil).run(on: queue)
        return HouseholdDatabase(connections: queue, path: nil, schemaVersion: version)
    }

    private static func configuration(isReadOnly: Bool = false) -> Configuration {
        var configuration = Configuration()
        configuration.label = "haunt.store"
        configuration.busyMode = .timeout(busyTimeoutS)
        configuration.maximumReaderCount = readers
        configuration.foreignKeysEnabled = true
        configuration.readonly = isReadOnly
        return configuration
    }

    /// Sets `synchronous` to `FULL` on the writing connection.
    ///
    /// A pool sets it to `NORMAL` while it opens, after everything that a configuration can set, and `NORMAL` may lose
    /// the last commits in a power cut.
    private static func prepareWriter(_ database: Database) throws {
        try database.execute(sql: "PRAGMA synchronous = FULL")
        // What is deleted is overwritten, because listening history is private.
        try database.execute(sql: "PRAGMA secure_delete = ON")
        guard try Int.fetchOne(database, sql: "PRAGMA synchronous") == fullySynchronous else {
            throw HouseholdError(.internal, "SQLite does not synchronise each commit")
        }
    }
}

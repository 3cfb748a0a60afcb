import GRDB
import Household

extension HouseholdDatabase {
    /// How long a transaction waits for another program to let go of the file, in seconds.
    private static let patienceS = 5.0
    /// How many threads may read at once; each has a connection and a cache of its own.
    private static let readers = 3
    /// What `PRAGMA synchronous` answers when every commit is synchronised.
    private static let fullySynchronous = 2

    /// Opens a database, or makes one, and brings it up to the newest schema.
    ///
    /// A file of an older schema is copied to `<path>.before-<number of the next migration>` first.
    ///
    /// - Parameter path: Path of the file; its directory must exist.
    /// - Throws: ``HouseholdError`` `conflict` for a file of a newer schema, `invalid` for a file that is no database,
    ///   `unavailable` when the file cannot be opened or a migration fails, which leaves it as it was.
    public convenience init(path: String) throws { try self.init(path: path, migrator: Migrations.migrator) }

    convenience init(path: String, migrator: DatabaseMigrator) throws {
        let (pool, version) = try HouseholdError.translating(path) {
            try PrivateFile.make(path)
            let pool = try DatabasePool(path: path, configuration: Self.configuration())
            try pool.writeWithoutTransaction(Self.prepareWriter)
            let upgrade = Upgrade(migrator: migrator, path: path)
            return (pool, try upgrade.run(on: pool))
        }
        self.init(connections: pool, path: path, schemaVersion: version)
    }

    /// Opens a database of the newest schema for reading; every write throws.
    ///
    /// - Parameter path: Path of the file.
    /// - Returns: The store.
    /// - Throws: ``HouseholdError`` when there is no such file, when it is no database, or when it is of another
    ///   schema.
    public static func readOnly(path: String) throws -> HouseholdDatabase {
        try HouseholdError.translating(path) {
            let queue = try DatabaseQueue(path: path, configuration: configuration(isReadOnly: true))
            let version = try Upgrade(migrator: Migrations.migrator, path: path).currentVersion(of: queue)
            return HouseholdDatabase(connections: queue, path: path, schemaVersion: version)
        }
    }

    /// Makes a database that is gone with its last reference.
    ///
    /// - Returns: The store.
    /// - Throws: What SQLite says.
    public static func inMemory() throws -> HouseholdDatabase {
        let queue = try DatabaseQueue(configuration: configuration())
        let version = try Upgrade(migrator: Migrations.migrator, path: nil).run(on: queue)
        return HouseholdDatabase(connections: queue, path: nil, schemaVersion: version)
    }

    private static func configuration(isReadOnly: Bool = false) -> Configuration {
        var configuration = Configuration()
        configuration.label = "haunt.store"
        configuration.busyMode = .timeout(patienceS)
        configuration.maximumReaderCount = readers
        configuration.foreignKeysEnabled = true
        configuration.readonly = isReadOnly
        return configuration
    }

    /// Sets up the connection that writes.
    ///
    /// A pool sets `synchronous` to `NORMAL` while it opens, after all that a configuration can say, and `NORMAL` may
    /// lose the last commits in a power cut.
    private static func prepareWriter(_ database: Database) throws {
        try database.execute(sql: "PRAGMA synchronous = FULL")
        guard try Int.fetchOne(database, sql: "PRAGMA synchronous") == fullySynchronous else {
            throw HouseholdError(.internal, "SQLite does not synchronise each commit")
        }
    }
}

import GRDB
public import Household

/// The household's memory in one SQLite file.
///
/// ## Concurrency model
/// One connection writes, one transaction at a time; a few others read, each a snapshot of what was committed. Calls
/// block the calling thread and may come from any. What `write` wrote is on disk when it returns: the journal is a
/// write-ahead log that is synchronised at each commit, so a killed process or a power cut loses nothing, and opening
/// the file again needs neither repair nor check.
public final class HouseholdDatabase: HouseholdStore {
    let connections: any DatabaseWriter
    let path: String?
    /// Number of the newest migration that was run.
    public let schemaVersion: Int

    init(connections: any DatabaseWriter, path: String?, schemaVersion: Int) {
        self.connections = connections
        self.path = path
        self.schemaVersion = schemaVersion
    }

    /// Runs a transaction that only reads.
    ///
    /// - Parameter body: What to read; must not call the store itself.
    /// - Returns: What the body returns.
    /// - Throws: What the body throws; ``HouseholdError`` `unavailable` when the file cannot be read.
    public func read<Value>(_ body: (any HouseholdReading) throws -> Value) throws -> Value {
        try HouseholdError.translating(path) {
            try connections.read { try body(StoreTransaction(database: $0)) }
        }
    }

    /// Runs a transaction that may write; it is on disk when this returns.
    ///
    /// - Parameter body: What to write; must not call the store itself. What it throws undoes all that it wrote.
    /// - Returns: What the body returns.
    /// - Throws: What the body throws; ``HouseholdError`` `unavailable` when the file cannot be written, for instance
    ///   because the disk is full. The same write may be tried again later.
    public func write<Value>(_ body: (any HouseholdWriting) throws -> Value) throws -> Value {
        try HouseholdError.translating(path) {
            try connections.write { try body(StoreTransaction(database: $0)) }
        }
    }
}

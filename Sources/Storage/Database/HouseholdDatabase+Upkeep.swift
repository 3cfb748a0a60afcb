import Foundation
import GRDB
import Household

extension HouseholdDatabase {
    /// Bytes of the file and its journals; 0 in memory.
    public var bytesOnDisk: Int64 {
        guard let path else { return 0 }
        return ["", "-wal", "-shm"].reduce(0) { sum, suffix in
            let attributes = try? FileManager.default.attributesOfItem(atPath: path + suffix)
            return sum + ((attributes?[.size] as? NSNumber)?.int64Value ?? 0)
        }
    }

    /// Copies the database to a new file, which is whole or not there at all.
    ///
    /// The store can be used meanwhile.
    ///
    /// - Parameter path: The new file.
    /// - Throws: ``HouseholdError`` `conflict` when there is a file of that name, `unavailable` when it cannot be
    ///   written.
    public func backup(to path: String) throws {
        try DatabaseCopy.write(connections, to: path, isReplacing: false)
    }

    /// Closes all connections and folds the journal into the file.
    ///
    /// Nothing is lost without it. It waits for no other program: what cannot be folded now is folded by the next run.
    ///
    /// - Throws: ``HouseholdError`` `unavailable` when a transaction is still running.
    public func close() throws {
        try HouseholdError.translating(path) {
            if !connections.configuration.readonly {
                _ = try connections.writeWithoutTransaction { try $0.checkpoint(.passive) }
            }
            try connections.close()
        }
    }
}

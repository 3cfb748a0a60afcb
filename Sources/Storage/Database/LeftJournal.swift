import Foundation
import Household

/// The journal that a killed process left beside a store, when a backup was copied over the store since.
///
/// SQLite would apply it to the backup, which damages it. A backup is known by its header: only a store that was in use has
/// a write-ahead log (https://www.sqlite.org/fileformat.html §1.3.3). The header is read before this process has a
/// connection, because closing the file would drop the connection's locks.
struct LeftJournal {
    private static let headerBytes = 20
    private static let magic = Data("SQLite format 3\0".utf8)
    /// The version of the format in which a database has no write-ahead log, and where it stands.
    private static let (withoutLog, versionOffset) = (UInt8(1), 18)

    /// Path of the store.
    let path: String

    /// Moves the journal of another file out of the way of the store. It is kept, because it may have listens in it.
    ///
    /// The caller is the only one that may write the store.
    ///
    /// - Throws: ``HouseholdError`` `unavailable`.
    func putAside() throws {
        guard isOfAnotherFile else { return }
        try PrivateFile.rename(path + "-wal", to: "\(path).before-copy-wal")
        try? FileManager.default.removeItem(atPath: path + "-shm")
    }

    /// Refuses to open a store for reading beside the journal of another file.
    ///
    /// - Throws: ``HouseholdError`` `conflict`.
    func check() throws {
        guard isOfAnotherFile else { return }
        throw HouseholdError(
            .conflict,
            "\(path) is a copy, and \(path)-wal is the journal of the store that it replaced; start haunt serve once, which "
                + "puts that journal aside, or use haunt restore")
    }

    private var isOfAnotherFile: Bool {
        let attributes = try? FileManager.default.attributesOfItem(atPath: path + "-wal")
        guard let size = attributes?[.size] as? Int, size > 0, let handle = FileHandle(forReadingAtPath: path),
            let header = try? handle.read(upToCount: Self.headerBytes), header.count == Self.headerBytes
        else { return false }
        return header.starts(with: Self.magic) && header[Self.versionOffset] == Self.withoutLog
    }
}

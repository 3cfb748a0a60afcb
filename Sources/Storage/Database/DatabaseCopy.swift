import Foundation
import GRDB
import Household

/// Copies a database into a file. The file appears when it is complete.
enum DatabaseCopy {
    /// Copies what is committed. Others may read and write meanwhile.
    ///
    /// - Parameters:
    ///   - connections: The database.
    ///   - path: Path of the copy.
    ///   - isReplacing: Whether an existing file may be overwritten.
    /// - Throws: ``HouseholdError`` `conflict` when the file exists and may not be overwritten, `unavailable` when the
    ///   copy cannot be written.
    static func write(_ connections: any DatabaseReader, to path: String, isReplacing: Bool) throws {
        guard isReplacing || !FileManager.default.fileExists(atPath: path) else {
            throw HouseholdError(.conflict, "\(path) exists already; name a new file")
        }
        let partial = path + ".partial"
        try? FileManager.default.removeItem(atPath: partial)
        do {
            try HouseholdError.translating(path) {
                try PrivateFile.create(partial)
                try connections.unsafeRead { try $0.execute(sql: "VACUUM INTO ?", arguments: [partial]) }
                try PrivateFile.synchronise(partial)
                try PrivateFile.rename(partial, to: path)
            }
        } catch {
            try? FileManager.default.removeItem(atPath: partial)
            throw error
        }
    }
}

/// Files with mode 0600, because listening history is private.
enum PrivateFile {
    /// Creates the empty file of a store unless it exists. Its folder decides who may read it, see ``StoreFolder``.
    ///
    /// - Throws: ``HouseholdError`` `unavailable`.
    static func createStore(_ path: String) throws {
        try create(path) { StoreFolder.adopt($0, besideStoreAt: path, groupMode: 0o040) }
    }

    /// Creates an empty file unless it exists.
    ///
    /// SQLite takes an empty file for a new database and gives its journals the same mode. An existing file is never
    /// opened here: closing it would drop the locks that SQLite may hold on it in this process
    /// (https://www.sqlite.org/howtocorrupt.html §2.2).
    ///
    /// - Parameters:
    ///   - path: Path of the file.
    ///   - created: Receives the descriptor of a new file before it is closed.
    /// - Throws: ``HouseholdError`` `unavailable`.
    static func create(_ path: String, created: (Int32) -> Void = { _ in }) throws {
        let descriptor = unsafe open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        if descriptor >= 0 {
            created(descriptor)
            close(descriptor)
        } else if errno != EEXIST {
            throw HouseholdError(.unavailable, "Cannot make \(path): \(systemMessage(errno))")
        }
    }

    /// Flushes a file or a directory to disk.
    ///
    /// - Throws: ``HouseholdError`` `unavailable`.
    static func synchronise(_ path: String) throws {
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
        defer { close(descriptor) }
        guard descriptor >= 0, fsync(descriptor) == 0 else {
            throw HouseholdError(.unavailable, "Cannot write \(path) to disk: \(systemMessage(errno))")
        }
    }

    /// Renames a file, replaces an existing one, and flushes the directory, so that the new name survives a power cut.
    ///
    /// - Throws: ``HouseholdError`` `unavailable`.
    static func rename(_ path: String, to newPath: String) throws {
        guard unsafe Foundation.rename(path, newPath) == 0 else {
            throw HouseholdError(.unavailable, "Cannot write \(newPath): \(systemMessage(errno))")
        }
        try synchronise(URL(filePath: newPath).deletingLastPathComponent().path(percentEncoded: false))
    }
}

/// The system's message for an error number.
func systemMessage(_ number: Int32) -> String { unsafe String(cString: strerror(number)) }

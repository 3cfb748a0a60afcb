import Foundation
import Household

/// Files that only their owner may read: what a household listens to is nobody else's business.
enum PrivateFile {
    /// Makes an empty file unless there is one.
    ///
    /// SQLite takes an empty file for a new database, and gives its journals the same permissions. A file that is there
    /// is never opened here: closing it would drop the locks that SQLite may have on it in this process
    /// (https://www.sqlite.org/howtocorrupt.html §2.2).
    static func make(_ path: String) throws {
        let descriptor = unsafe open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        if descriptor >= 0 {
            close(descriptor)
        } else if errno != EEXIST {
            throw HouseholdError(.unavailable, "Cannot make \(path): \(systemMessage(errno))")
        }
    }

    /// Has a file or a directory on disk before anything else happens.
    static func synchronise(_ path: String) throws {
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
        defer { close(descriptor) }
        guard descriptor >= 0, fsync(descriptor) == 0 else {
            throw HouseholdError(.unavailable, "Cannot write \(path) to disk: \(systemMessage(errno))")
        }
    }

    /// Gives a file another name, for good, over any file that had it.
    static func rename(_ path: String, to newPath: String) throws {
        guard unsafe Foundation.rename(path, newPath) == 0 else {
            throw HouseholdError(.unavailable, "Cannot write \(newPath): \(systemMessage(errno))")
        }
        try synchronise(URL(filePath: newPath).deletingLastPathComponent().path(percentEncoded: false))
    }
}

/// What the system says of an error number.
func systemMessage(_ number: Int32) -> String { unsafe String(cString: strerror(number)) }

import Foundation
import Household
import NIOCore

/// A file without a name. It is gone when nobody holds it any more, also after a kill of the process.
final class TemporaryFile: Sendable {
    private let handle: FileHandle

    /// - Parameter folder: On whose disk it is.
    /// - Throws: ``HouseholdError`` `unavailable`.
    init(in folder: URL) throws(HouseholdError) {
        let url = folder.appending(path: ".import-\(UUID().uuidString)")
        let files = FileManager.default
        guard files.createFile(atPath: url.path, contents: nil, attributes: [.posixPermissions: 0o600]),
            let handle = FileHandle(forUpdatingAtPath: url.path), (try? files.removeItem(at: url)) != nil
        else { throw HouseholdError(.unavailable, "No file can be made in \(folder.path)") }
        self.handle = handle
    }

    deinit { try? handle.close() }

    /// A path that leads to it, for this process.
    var path: String { "/proc/self/fd/\(handle.fileDescriptor)" }

    /// - Throws: ``HouseholdError`` `unavailable` when the disk is full.
    func append(_ bytes: ByteBuffer) throws(HouseholdError) {
        do {
            try handle.write(contentsOf: Data(bytes.readableBytesView))
        } catch {
            throw HouseholdError(.unavailable, "The disk has no room for the file")
        }
    }
}

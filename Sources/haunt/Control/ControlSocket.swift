import Foundation
import Glibc

/// The socket beside a store.
///
/// The path of a socket has room for 107 bytes. A store may well lie deeper, so its folder is opened and named by its
/// file descriptor.
struct ControlSocket: ~Copyable {
    /// Where the socket is, for people.
    let displayPath: String
    private let folder: Int32
    private let name: String

    init?(forStoreAt path: String) {
        let url = URL(fileURLWithPath: path + ".sock")
        displayPath = url.path
        name = url.lastPathComponent
        folder = unsafe Glibc.open(url.deletingLastPathComponent().path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard folder >= 0 else { return nil }
    }

    deinit { close(folder) }

    /// Where the socket is, for as long as this value lives.
    var path: String { "/proc/self/fd/\(folder)/\(name)" }

    /// Whether there is one.
    var exists: Bool { FileManager.default.fileExists(atPath: displayPath) }
}

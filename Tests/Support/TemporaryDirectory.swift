public import Foundation

/// A directory of one test. It is removed with its last reference.
public final class TemporaryDirectory: Sendable {
    public let url: URL

    /// Creates an empty directory with mode 0700.
    ///
    /// - Throws: An error of the file system.
    public init() throws {
        url = FileManager.default.temporaryDirectory.appending(path: "haunt-\(UUID().uuidString)")
        try FileManager.default.createDirectory(
            at: url, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    }

    deinit {
        try? FileManager.default.removeItem(at: url)
    }

    /// The path of a file in it.
    public func path(_ name: String) -> String {
        url.appending(path: name).path(percentEncoded: false)
    }

    /// Writes a text file with mode 0600 and returns its path.
    ///
    /// - Throws: An error of the file system.
    @discardableResult
    public func write(_ text: String, to name: String) throws -> String {
        try Data(text.utf8).write(to: url.appending(path: name))
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path(name))
        return path(name)
    }
}

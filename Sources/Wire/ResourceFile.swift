public import Foundation

/// A file that is installed beside the program.
///
/// `Bundle.module` ends the process when its bundle is missing, so the folders are searched here.
public struct ResourceFile: Sendable, CustomStringConvertible {
    /// Where resources may be installed. The first folder that has the file is used.
    public static let folders = [Bundle.main.bundleURL, Bundle.main.bundleURL.appending(path: "../share/haunt")]

    private let path: String

    /// Names a resource of a module.
    public init(_ name: String, of module: String) { path = "haunt_\(module).resources/\(name)" }

    /// The path below each of the folders.
    public var description: String { path }

    /// The content; nil when no folder has the file.
    public func data(in folders: [URL] = Self.folders) -> Data? {
        folders.lazy.compactMap { try? Data(contentsOf: $0.appending(path: path)) }.first
    }
}

/// A folder with files that is installed beside the program.
public struct ResourceFolder: Sendable {
    private let path: String

    /// Names a folder among the resources of a module.
    public init(_ name: String, of module: String) { path = "haunt_\(module).resources/\(name)" }

    /// The content of each file by its path in the folder; none when the folder is not installed.
    public func files(in folders: [URL] = ResourceFile.folders) -> [String: Data] {
        let roots = folders.lazy.map { $0.appending(path: path) }
        guard let root = roots.first(where: { FileManager.default.fileExists(atPath: $0.path) }) else { return [:] }
        let paths = (try? FileManager.default.subpathsOfDirectory(atPath: root.path)) ?? []
        return paths.reduce(into: [:]) { files, path in files[path] = try? Data(contentsOf: root.appending(path: path))
        }
    }
}

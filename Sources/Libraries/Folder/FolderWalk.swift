import Foundation

/// The files below a directory, in an order that stays the same. Symbolic links are not followed.
struct FolderWalk {
    /// One audio file.
    struct File: Equatable {
        /// Relative to the root, with slashes.
        let path: String
        let size: Int
        let modified: Date
    }

    /// How deep directories are nested at most.
    private static let depth = 32

    let root: String

    /// Visits the files after a path, until the body returns false.
    ///
    /// - Parameters:
    ///   - previous: A path that was visited, which need not be there any more; nil for the first file.
    ///   - body: Is called for each file.
    /// - Throws: `CocoaError` when the root cannot be read.
    func forEach(after previous: String?, _ body: (File) -> Bool) throws {
        let names = try FileManager.default.contentsOfDirectory(atPath: root)
        let after = previous?.split(separator: "/").map(String.init) ?? []
        _ = visit(names, in: "", after: after[...], depth: 0, body)
    }

    /// - Returns: Whether to go on.
    private func visit(
        _ names: [String], in directory: String, after: ArraySlice<String>, depth: Int, _ body: (File) -> Bool
    ) -> Bool {
        for name in names.sorted(by: { $0.utf8.lexicographicallyPrecedes($1.utf8) }) where !name.hasPrefix(".") {
            var rest: ArraySlice<String> = []
            if let first = after.first {
                if name.utf8.lexicographicallyPrecedes(first.utf8) { continue }
                if name == first { rest = after.dropFirst() }
                if name == first, rest.isEmpty { continue }
            }
            guard visit(name, in: directory, after: rest, depth: depth, body) else { return false }
        }
        return true
    }

    private func visit(
        _ name: String, in directory: String, after: ArraySlice<String>, depth: Int, _ body: (File) -> Bool
    ) -> Bool {
        let path = directory + name
        // The attributes are those of a link itself, not those of what it leads to.
        guard let attributes = try? FileManager.default.attributesOfItem(atPath: "\(root)/\(path)") else { return true }
        switch attributes[.type] as? FileAttributeType {
        case .typeDirectory? where depth < Self.depth:
            // A directory that cannot be read has no files.
            guard let names = try? FileManager.default.contentsOfDirectory(atPath: "\(root)/\(path)") else {
                return true
            }
            return visit(names, in: path + "/", after: after, depth: depth + 1, body)
        case .typeRegular? where isAudio(name):
            return body(
                File(
                    path: path, size: attributes[.size] as? Int ?? 0,
                    modified: attributes[.modificationDate] as? Date ?? .distantPast))
        default: return true
        }
    }

    private func isAudio(_ name: String) -> Bool {
        name.lastIndex(of: ".").map { TagFile.extensions.contains(name[name.index(after: $0)...].lowercased()) }
            ?? false
    }
}

import Foundation

/// Files: a relative path in the file starts from the file's folder, one from outside from the working directory.
extension ConfigurationReader {
    /// Reads a path; nothing need be there.
    func readPath(_ key: String, into path: inout String) {
        var written: String?
        read(key, into: &written)
        guard let written else { return }
        path = absolute(written, from: folder(of: key))
    }

    /// Reads the name of a file that holds a secret or a certificate, and sees whether it can be read.
    ///
    /// Where systemd handed in credentials, relative names are theirs.
    func readSecretFile(_ key: String, into path: inout String?) {
        var written: String?
        read(key, into: &written)
        guard let written else { return }
        let credentials = report.environment["CREDENTIALS_DIRECTORY"]
        let file = absolute(written, from: credentials ?? folder(of: key))
        guard let problem = Self.problem(withSecretAt: file) else { return path = file }
        add("\(file) \(problem)", key: key)
    }

    private func absolute(_ path: String, from folder: String) -> String {
        let home = report.environment["HOME"]
        if let home, path.hasPrefix("~/") { return home + path.dropFirst() }
        return URL(fileURLWithPath: path, relativeTo: URL(fileURLWithPath: folder, isDirectory: true)).standardized.path
    }

    private func folder(of key: String) -> String {
        guard case .file(let file, _, _) = places[key] else { return FileManager.default.currentDirectoryPath }
        return URL(fileURLWithPath: file).deletingLastPathComponent().path
    }

    private static func problem(withSecretAt path: String) -> String? {
        let files = FileManager.default
        let target = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
        guard let attributes = try? files.attributesOfItem(atPath: target)
        else { return "does not exist, or its folder is closed to this user" }
        guard attributes[.type] as? FileAttributeType == .typeRegular else { return "is no regular file" }
        guard files.isReadableFile(atPath: path) else { return "cannot be read by this user" }
        let size = (attributes[.size] as? NSNumber)?.intValue ?? 0
        guard size > 0 else { return "is empty" }
        return size <= ConfigurationLimits.secretBytes ? nil : "has more than \(ConfigurationLimits.secretBytes) bytes"
    }
}

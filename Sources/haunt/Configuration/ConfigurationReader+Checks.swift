import Foundation
import Household
import MQTTClient

// MARK: - Paths

/// A relative path in the file starts from the folder of the file. One from arguments or environment starts from the
/// working directory.
extension ConfigurationReader {
    /// Reads a path. The file need not exist.
    func readPath(_ key: String, into path: inout String) {
        var written: String?
        read(key, into: &written)
        guard let written else { return }
        path = absolute(written, from: folder(of: key))
    }

    /// Reads the path of a file whose first line is a secret, and checks that there is one.
    ///
    /// The same paths as for ``readSecretFile(_:into:)``.
    func readSecretLine(_ key: String, into path: inout String?) {
        var file: String?
        readSecretFile(key, into: &file)
        guard let file, report.checksSecrets else { return path = file ?? path }
        do { _ = try SecretFile.line(of: file) } catch { return add(error.message, key: key) }
        path = file
    }

    /// Reads the path of a secret or certificate and checks that the file can be read.
    ///
    /// When systemd provides credentials, a relative path starts from their directory.
    func readSecretFile(_ key: String, into path: inout String?) {
        var written: String?
        read(key, into: &written)
        guard let written else { return }
        let credentials = report.environment["CREDENTIALS_DIRECTORY"]
        let file = absolute(written, from: credentials ?? folder(of: key))
        guard report.checksSecrets, let problem = Self.problem(withSecretAt: file) else { return path = file }
        add("\(file) \(problem)", key: key)
    }

    private func absolute(_ path: String, from folder: String) -> String {
        let home = report.environment["HOME"]
        if let home, path.hasPrefix("~/") { return home + path.dropFirst() }
        return FilePath.absolute(path, from: folder)
    }

    private func folder(of key: String) -> String {
        let here = FileManager.default.currentDirectoryPath
        guard case .file(let file, _, _) = locations[key] else { return here }
        return FilePath.folder(of: FilePath.absolute(file, from: here))
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

// MARK: - Names and topics

extension ConfigurationReader {
    /// Reads a topic that is the prefix of other topics.
    func readBaseTopic(_ key: String, into topic: inout String) {
        var written: String?
        read(key, into: &written)
        guard let written else { return }
        guard let problem = Self.problem(withBaseTopic: written) else { return topic = written }
        add(problem, key: key)
    }

    /// Reads the first levels of another program's topics. They may begin with "/", and a "/" at their end means nothing.
    func readSourceTopic(_ key: String, into topic: inout String) {
        var written: String?
        read(key, into: &written)
        guard var written else { return }
        if written.hasSuffix("/") { written.removeLast() }
        let levels = written.hasPrefix("/") ? String(written.dropFirst()) : written
        guard let problem = Self.problem(withBaseTopic: levels) else { return topic = written }
        add(problem, key: key)
    }

    static func problem(withBaseTopic topic: String) -> String? {
        guard topic.utf8.count <= ConfigurationLimits.nameBytes else {
            return "is longer than \(ConfigurationLimits.nameBytes) bytes"
        }
        guard !topic.hasPrefix("$"), !topic.hasPrefix("/"), !topic.hasSuffix("/") else {
            return "\"\(topic)\" must not begin with \"$\" or \"/\", nor end with \"/\""
        }
        do { _ = try TopicName(topic) } catch { return error.message }
        return nil
    }

    /// Reports a name that cannot be a speaker's name or alias.
    func checkSpeakerName(_ name: String, key: String) {
        if name.contains(where: { "+#".contains($0) }) {
            add("\"\(name.prefix(80))\" is no name: \"+\" and \"#\" are MQTT's wildcards", key: key)
        } else if name.utf8.count > ConfigurationLimits.nameBytes {
            add("is longer than \(ConfigurationLimits.nameBytes) bytes", key: key)
        }
    }

    /// Reports a name that cannot be a profile's name.
    func checkProfileName(_ name: String, key: String) {
        do { _ = try ProfileName.validated(name) } catch { add(error.message, key: key) }
    }

    /// Reports a text that is no topic filter, or one with `#`. Each `+` stands for a part of the speaker's name.
    func checkFilter(_ text: String, key: String) {
        do {
            _ = try TopicFilter(text)
            if text.contains("#") {
                add("\"\(text)\" has a \"#\"; only \"+\" stands for a player's own level", key: key)
            }
        } catch {
            add(error.message, key: key)
        }
    }
}

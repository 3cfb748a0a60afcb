import Household
import Yams

/// A part of the configuration that has keys of its own.
protocol ConfigurationSection {
    /// Reads the keys that are written. The others keep their defaults.
    mutating func read(from reader: ConfigurationReader)
}

/// Reads one section of the file key by key, and reports the keys that nobody read.
///
/// A problem does not stop the reading. It is added to the report, and the value keeps its default.
final class ConfigurationReader {
    let report: ConfigurationReport
    /// The full key of the section. Empty for the root.
    private let path: String
    private let location: ConfigurationLocation
    /// false for a value that is no section. This is reported once, so missing keys are not reported as well.
    private var isSection = true
    private var unread: [String: (location: ConfigurationLocation, value: Node)] = [:]
    /// Where the values that were read are written.
    private(set) var locations: [String: ConfigurationLocation] = [:]
    /// The keys that were asked for.
    private(set) var knownKeys: [String] = []

    /// Reads a whole section.
    ///
    /// - Parameters:
    ///   - node: The value of the section. nil when it is not written.
    ///   - path: The full key of the section. Empty for the root.
    ///   - report: Receives the problems.
    ///   - body: Reads the keys.
    /// - Returns: The result of `body`.
    static func read<Section>(
        _ node: Node?, path: String, report: ConfigurationReport, _ body: (ConfigurationReader) -> Section
    ) -> Section {
        let reader = ConfigurationReader(node, path: path, report: report)
        let section = body(reader)
        reader.reportUnread()
        return section
    }

    private init(_ node: Node?, path: String, report: ConfigurationReport) {
        self.report = report
        self.path = path
        location = Self.location(of: node, in: report)
        guard let node, !node.isNull else { return }
        guard case .mapping(let mapping) = node else {
            report.add("must be a section of keys, and is \(node.kindName)", at: location, key: path)
            isSection = false
            return
        }
        for (key, value) in mapping {
            let location = Self.location(of: key, in: report)
            if case .scalar(let name) = key {
                unread[name.string] = (location, value)
            } else {
                report.add("a key must be a plain word", at: location, key: path)
            }
        }
    }

    /// Returns the value of a key and marks the key as read. `null` counts as not written.
    func node(for key: String) -> Node? {
        knownKeys.append(key)
        guard let value = unread.removeValue(forKey: key)?.value, !value.isNull else { return nil }
        noteLocation(of: value, as: key)
        return value
    }

    /// Returns the single value of a key. Arguments and environment come before the file.
    func scalar(for key: String) -> ConfigurationScalar? {
        let node = node(for: key)
        // Keys of list items have no environment variables.
        if !path.contains("["), let scalar = report.override(of: fullKey(key)) {
            locations[key] = scalar.location
            return scalar
        }
        return node.flatMap { scalar($0, for: key) }
    }

    /// Whether a key that was not read yet has a single value.
    func isSingle(_ key: String) -> Bool {
        if case .scalar? = unread[key]?.value { true } else { false }
    }

    /// Converts a node to a single value, or reports that it is none.
    func scalar(_ node: Node, for key: String) -> ConfigurationScalar? {
        guard case .scalar(let scalar) = node else {
            add("must be a single value, and is \(node.kindName)", key: key)
            return nil
        }
        return ConfigurationScalar(scalar, tag: node.tag, location: Self.location(of: node, in: report))
    }

    func noteLocation(of value: Node, as key: String) { locations[key] = Self.location(of: value, in: report) }

    func fullKey(_ key: String) -> String { path.isEmpty ? key : "\(path).\(key)" }

    private func reportUnread() {
        for (key, (location, _)) in unread {
            let hint = CloseNames.suggestionOrAll(for: key, among: knownKeys)
            report.add("there is no such key; \(hint)", at: location, key: fullKey(key))
        }
    }

    private static func location(of node: Node?, in report: ConfigurationReport) -> ConfigurationLocation {
        guard let file = report.file else { return .arguments }
        return .file(file, line: node?.mark?.line, column: node?.mark?.column)
    }
}

extension ConfigurationReader {
    /// Reports a problem of a key of this section, at the location of its value.
    func add(_ message: String, key: String) {
        report.add(message, at: locations[key] ?? location, key: fullKey(key))
    }

    /// Whether a key that was read is written in arguments, environment or file.
    func isWritten(_ key: String) -> Bool { locations[key] != nil }

    /// Reports a problem when the key is not written.
    func require(_ key: String) {
        if isSection, !isWritten(key) { add("is missing", key: key) }
    }

    /// Reports a problem when another key has the same name of this kind.
    func requireUnique(_ name: String, kind: String, key: String) {
        guard let owner = report.register("\(kind) \(name)", for: fullKey(key)) else { return }
        add("\"\(name)\" is used twice: \(owner) has it already", key: key)
    }
}

extension Node {
    /// Whether this is `null` or an empty value.
    var isNull: Bool { tag.rawValue == Tag.Name.null.rawValue }

    /// The kind of node, for messages.
    var kindName: String {
        switch self {
        case .scalar: "a single value"
        case .mapping: "a section of keys"
        case .sequence: "a list"
        case .alias: "an alias"
        }
    }
}

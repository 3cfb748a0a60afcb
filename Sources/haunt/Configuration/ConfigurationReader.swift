import Household
import Yams

/// Reads one section key by key, and knows at its end which keys nobody asked for.
///
/// It never stops at a problem: each is noted in the report, and the value keeps its default.
final class ConfigurationReader {
    let report: ConfigurationReport
    private let path: String
    private let place: ConfigurationPlace
    /// Whether what is written here can hold keys at all; if not, that has been told, and no key is missed.
    private var isSection = true
    private var unread: [String: (place: ConfigurationPlace, value: Node)] = [:]
    private(set) var places: [String: ConfigurationPlace] = [:]
    /// Keys that were asked for.
    private(set) var known: [String] = []

    /// Reads a whole section.
    ///
    /// - Parameters:
    ///   - node: Where it is written; nil when it is not.
    ///   - path: The section's own key; empty for the whole file.
    ///   - report: Takes the problems.
    ///   - body: Takes the values.
    /// - Returns: What the body returns.
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
        place = Self.place(of: node, in: report)
        guard let node, !node.isNull else { return }
        guard case .mapping(let mapping) = node else {
            report.add("must be a section of keys, and is \(node.kindName)", at: place, key: path)
            isSection = false
            return
        }
        for (key, value) in mapping {
            let place = Self.place(of: key, in: report)
            if case .scalar(let name) = key {
                unread[name.string] = (place, value)
            } else {
                report.add("a key must be a plain word", at: place, key: path)
            }
        }
    }

    /// Takes a key's value out of the section and notes where it stands; `null` is as if it were not there.
    func take(_ key: String) -> Node? {
        known.append(key)
        guard let value = unread.removeValue(forKey: key)?.value, !value.isNull else { return nil }
        note(value, as: key)
        return value
    }

    /// Takes a single value, from arguments or environment if they have it.
    func scalar(_ key: String) -> ConfigurationScalar? {
        let node = take(key)
        // Lists have no variables, so neither have the keys of their items.
        if !path.contains("["), let scalar = report.override(of: fullKey(key)) {
            places[key] = scalar.place
            return scalar
        }
        return node.flatMap { scalar($0, for: key) }
    }

    /// Sees a node as a single value.
    func scalar(_ node: Node, for key: String) -> ConfigurationScalar? {
        guard case .scalar(let scalar) = node else {
            add("must be a single value, and is \(node.kindName)", key: key)
            return nil
        }
        return ConfigurationScalar(scalar, tag: node.tag, place: Self.place(of: node, in: report))
    }

    /// Notes where a value stands.
    func note(_ value: Node, as key: String) { places[key] = Self.place(of: value, in: report) }

    private func reportUnread() {
        for (key, (place, _)) in unread {
            let close = CloseNames.closest(to: key, among: known).first
            let hint = close.map { "did you mean \($0)?" } ?? "there are \(known.joined(separator: ", "))"
            report.add("there is no such key; \(hint)", at: place, key: fullKey(key))
        }
    }

    func fullKey(_ key: String) -> String { path.isEmpty ? key : "\(path).\(key)" }

    static func place(of node: Node?, in report: ConfigurationReport) -> ConfigurationPlace {
        guard let file = report.file else { return .arguments }
        return .file(file, line: node?.mark?.line, column: node?.mark?.column)
    }
}

extension ConfigurationReader {
    /// Notes a problem with a key of this section, at the place where its value stands.
    func add(_ message: String, key: String) {
        report.add(message, at: places[key] ?? place, key: fullKey(key))
    }

    /// Whether anybody wrote this key, here or in arguments or environment; asked after it is read.
    func isWritten(_ key: String) -> Bool { places[key] != nil }

    /// Notes a problem when the key is not written.
    func require(_ key: String) {
        if isSection, !isWritten(key) { add("is missing", key: key) }
    }

    /// Notes a problem when the name belongs to another key already.
    func claim(_ name: String, of kind: String, key: String) {
        guard let owner = report.claim("\(kind) \(name)", for: fullKey(key)) else { return }
        add("\"\(name)\" is used twice: \(owner) has it already", key: key)
    }
}

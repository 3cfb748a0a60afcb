import Household
import Wire

/// The differences between the running configuration and one that was just read.
struct ConfigurationChange: Equatable, Sendable {
    /// The configuration to run with: the new values where they can change at run time, the running ones elsewhere.
    let configuration: HauntConfiguration
    /// Changed keys that are in effect now, such as `speakers[0].profile`.
    let applied: [String]
    /// Changed keys that are in effect after a restart.
    let needsRestart: [String]

    /// Compares the running configuration with the one that was just read.
    init(from running: HauntConfiguration, to read: HauntConfiguration) {
        configuration = running.applyingRuntimeChanges(of: read)
        applied = Self.differences(running.json, configuration.json)
        needsRestart = Self.differences(configuration.json, read.json)
    }

    private static func differences(_ old: JSONValue, _ new: JSONValue) -> [String] {
        let (old, new) = (flattened(old, path: ""), flattened(new, path: ""))
        return Set(old.keys).union(new.keys).filter { old[$0] != new[$0] }.sorted()
    }

    /// Scalar values by their full key.
    private static func flattened(_ value: JSONValue, path: String) -> [String: JSONValue] {
        let parts: [(String, JSONValue)]
        switch value {
        case .object(let fields): parts = fields.map { (path.isEmpty ? $0 : "\(path).\($0)", $1) }
        case .array(let items): parts = items.enumerated().map { ("\(path)[\($0)]", $1) }
        default: return [path: value]
        }
        return parts.reduce(into: [:]) { $0.merge(flattened($1.1, path: $1.0)) { _, new in new } }
    }
}

extension HauntConfiguration {
    fileprivate func applyingRuntimeChanges(of other: HauntConfiguration) -> HauntConfiguration {
        var next = self
        next.libraries = other.libraries
        next.speakers = other.speakers
        next.profiles = other.profiles
        next.listening = other.listening
        next.playlists = other.playlists
        next.log.level = other.log.level
        // The subscriptions are made at start, so only the rules of the same sources can change.
        let areSame =
            sources.count == other.sources.count
            && zip(sources, other.sources).allSatisfy { $0.differsOnlyInRules(from: $1) }
        if areSame { next.sources = other.sources }
        return next
    }
}

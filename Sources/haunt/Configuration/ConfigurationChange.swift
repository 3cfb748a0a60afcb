import Household
import Wire

/// What differs between the configuration that runs and one just read.
struct ConfigurationChange: Equatable, Sendable {
    /// The configuration to run with from now on: new where that can be, as it was elsewhere.
    let configuration: HauntConfiguration
    /// Keys that hold from now on, as in `speakers[0].profile`.
    let applied: [String]
    /// Keys that were changed and will hold after a restart.
    let needsRestart: [String]

    /// Compares two configurations.
    ///
    /// - Parameters:
    ///   - running: The one that holds.
    ///   - read: The one that was just read.
    init(from running: HauntConfiguration, to read: HauntConfiguration) {
        configuration = running.adopting(read)
        applied = Self.keys(running.json, configuration.json)
        needsRestart = Self.keys(configuration.json, read.json)
    }

    /// Keys whose values differ.
    private static func keys(_ old: JSONValue, _ new: JSONValue) -> [String] {
        let (old, new) = (flat(old, at: ""), flat(new, at: ""))
        return Set(old.keys).union(new.keys).filter { old[$0] != new[$0] }.sorted()
    }

    private static func flat(_ value: JSONValue, at path: String) -> [String: JSONValue] {
        let parts: [(String, JSONValue)]
        switch value {
        case .object(let fields): parts = fields.map { (path.isEmpty ? $0 : "\(path).\($0)", $1) }
        case .array(let items): parts = items.enumerated().map { ("\(path)[\($0)]", $1) }
        default: return [path: value]
        }
        return parts.reduce(into: [:]) { $0.merge(flat($1.1, at: $1.0)) { _, new in new } }
    }
}

extension HauntConfiguration {
    /// This configuration with everything of another that can change while the daemon runs.
    fileprivate func adopting(_ other: HauntConfiguration) -> HauntConfiguration {
        var next = self
        next.speakers = other.speakers
        next.profiles = other.profiles
        next.listening = other.listening
        next.playlists = other.playlists
        next.log.level = other.log.level
        // Other sources need other subscriptions.
        let areSame =
            sources.count == other.sources.count && zip(sources, other.sources).allSatisfy { $0.isSame(as: $1) }
        if areSame { next.sources = other.sources }
        return next
    }
}

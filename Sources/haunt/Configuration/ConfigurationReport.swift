import Household

/// A problem of the configuration.
struct ConfigurationProblem: Error, Equatable, CustomStringConvertible {
    let location: ConfigurationLocation
    /// The full key, such as `mqtt.keepalive_s`. Empty for a problem of the whole file.
    let key: String
    /// What is wrong and what to do.
    let message: String

    /// For example `config/haunt.yaml:12:5: mqtt.keepalive_s: must be a whole number, and is "often"`.
    var description: String { key.isEmpty ? "\(location): \(message)" : "\(location): \(key): \(message)" }
}

/// Where a value was written.
enum ConfigurationLocation: Equatable, CustomStringConvertible {
    /// On the command line, or nowhere.
    case arguments
    /// In the environment variable of this name.
    case environment(String)
    /// In a file. Line and column count from 1. They are nil when the file cannot be parsed.
    case file(String, line: Int?, column: Int?)

    /// The form that compilers print, which editors turn into a link.
    var description: String {
        switch self {
        case .arguments: "arguments"
        case .environment(let name): name
        case .file(let path, let line?, let column?): "\(path):\(line):\(column)"
        case .file(let path, _, _): path
        }
    }

    /// Sort key: arguments, then environment, then the file from top to bottom.
    var order: (Int, Int, Int) {
        switch self {
        case .arguments: (0, 0, 0)
        case .environment: (1, 0, 0)
        case .file(_, let line, let column): (2, line ?? 0, column ?? 0)
        }
    }
}

/// The state that all readers of one load share: overriding values, problems, and names that must be unique.
final class ConfigurationReport {
    /// The path of the file as the user gave it. nil when there is no file.
    let file: String?
    let environment: [String: String]
    /// Whether the files of secrets must be there and readable. The daemon needs them, its commands do not, and members of
    /// the daemon's group may not read them.
    let checksSecrets: Bool
    private let arguments: [String: String]

    private(set) var problems: [ConfigurationProblem] = []
    /// The key of each environment variable that was looked up.
    private var variables: [String: String] = [:]
    /// The key that uses each unique name.
    private var owners: [String: String] = [:]

    init(file: String?, arguments: [String: String], environment: [String: String], checksSecrets: Bool) {
        self.file = file
        self.checksSecrets = checksSecrets
        self.arguments = arguments
        self.environment = environment
    }

    func add(_ message: String, at location: ConfigurationLocation, key: String) {
        problems.append(ConfigurationProblem(location: location, key: key, message: message))
    }

    /// The value of a key in arguments or environment, in this order. An empty variable counts as not set.
    func override(of key: String) -> ConfigurationScalar? {
        let variable = Self.variable(for: key)
        variables[variable] = key
        if let text = arguments[key] { return ConfigurationScalar(text: text, kind: .untyped, location: .arguments) }
        guard let text = environment[variable], !text.isEmpty else { return nil }
        return ConfigurationScalar(text: text, kind: .untyped, location: .environment(variable))
    }

    /// Whether the environment has a value of a key of this section.
    func hasVariable(below section: String) -> Bool {
        environment.contains { $0.key.hasPrefix(Self.variable(for: section) + "_") && !$0.value.isEmpty }
    }

    /// Registers a name that must be unique.
    ///
    /// - Returns: The key that uses the name already. nil when it was free.
    func register(_ name: String, for key: String) -> String? {
        if let owner = owners[name] { return owner }
        owners[name] = key
        return nil
    }

    /// Reports variables that begin with `HAUNT_` and a section and are no key of it.
    ///
    /// Other variables that begin with `HAUNT_` are ignored, because containers and scripts use them.
    func checkVariables(sections: [String]) {
        for name in environment.keys.sorted() where variables[name] == nil {
            let prefixes = sections.map { Self.variable(for: $0) + "_" }
            guard let prefix = prefixes.first(where: "\(name)_".hasPrefix) else { continue }
            let others = variables.keys.filter { $0.hasPrefix(prefix) }.sorted()
            let hint =
                others.isEmpty
                ? "lists are written in the file" : CloseNames.suggestionOrAll(for: name, among: others)
            add("there is no such setting; \(hint)", at: .environment(name), key: "")
        }
    }

    private static func variable(for key: String) -> String {
        "HAUNT_" + key.uppercased().replacing(".", with: "_")
    }
}

import Household

/// What all parts of one reading share: the values that override the file, and the problems found.
final class ConfigurationReport {
    /// The file as the person named it; nil when there is none.
    let file: String?
    /// Environment of the process.
    let environment: [String: String]
    private let arguments: [String: String]

    private(set) var problems: [ConfigurationProblem] = []
    private var variables: [String: String] = [:]
    private var claims: [String: String] = [:]

    init(file: String?, arguments: [String: String], environment: [String: String]) {
        self.file = file
        self.arguments = arguments
        self.environment = environment
    }

    /// Notes a problem.
    func add(_ message: String, at place: ConfigurationPlace, key: String) {
        problems.append(ConfigurationProblem(place: place, key: key, message: message))
    }

    /// What arguments or environment say of a key, arguments first.
    ///
    /// An empty variable is as if it were not set.
    func override(of key: String) -> ConfigurationScalar? {
        let variable = Self.variable(for: key)
        variables[variable] = key
        if let text = arguments[key] { return ConfigurationScalar(text: text, kind: .anything, place: .arguments) }
        guard let text = environment[variable], !text.isEmpty else { return nil }
        return ConfigurationScalar(text: text, kind: .anything, place: .environment(variable))
    }

    /// Takes a name that must be the only one of its kind.
    ///
    /// - Returns: The key that has it already, or nil when it is now taken for `key`.
    func claim(_ name: String, for key: String) -> String? {
        if let owner = claims[name] { return owner }
        claims[name] = key
        return nil
    }

    /// Reports variables that look like ours and are not: `HAUNT_`, a section, and no key of it.
    ///
    /// Other variables that begin with `HAUNT_` are nobody's business: containers and scripts have theirs.
    func checkVariables(sections: [String]) {
        for name in environment.keys.sorted() where variables[name] == nil {
            let prefixes = sections.map { Self.variable(for: $0) + "_" }
            guard let prefix = prefixes.first(where: "\(name)_".hasPrefix) else { continue }
            add("there is no such setting; \(hint(for: name, in: prefix))", at: .environment(name), key: "")
        }
    }

    private func hint(for name: String, in prefix: String) -> String {
        let others = variables.keys.filter { $0.hasPrefix(prefix) }
        guard !others.isEmpty else { return "lists are written in the file" }
        let close = CloseNames.closest(to: name, among: others).first
        return close.map { "did you mean \($0)?" } ?? "there are \(others.sorted().joined(separator: ", "))"
    }

    private static func variable(for key: String) -> String {
        "HAUNT_" + key.uppercased().replacing(".", with: "_")
    }
}

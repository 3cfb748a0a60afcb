import Foundation
import Yams

/// Loads the configuration. Precedence: arguments, environment, file, defaults.
enum ConfigurationLoader {
    /// A loaded configuration. It must not be used when there are problems.
    struct Loaded {
        /// The values. A key with a problem has its default.
        var configuration: HauntConfiguration
        /// Every problem, in the order of `ConfigurationLocation.order`.
        var problems: [ConfigurationProblem]
        /// The path of the file. nil when there is none.
        var file: String?
    }

    /// Used when no file is named. It need not exist.
    static let defaultFile = "/etc/haunt/haunt.yaml"

    /// Loads the configuration and collects every problem.
    ///
    /// - Parameters:
    ///   - file: The file that the user named. nil means the default file, if it exists.
    ///   - arguments: Values by full key, such as `store.path`.
    ///   - environment: The environment of the process.
    ///   - defaultFile: The path of the default file.
    ///   - checksSecrets: Whether the files of secrets must be there and readable.
    /// - Returns: Values and problems.
    static func load(
        file: String? = nil, arguments: [String: String] = [:],
        environment: [String: String] = ProcessInfo.processInfo.environment, defaultFile: String = defaultFile,
        checksSecrets: Bool = true
    ) -> Loaded {
        let file = file ?? (FileManager.default.fileExists(atPath: defaultFile) ? defaultFile : nil)
        let report = ConfigurationReport(
            file: file, arguments: arguments, environment: environment, checksSecrets: checksSecrets)
        var configuration = HauntConfiguration(environment: environment)
        let root = file.flatMap { compose($0, report) }
        // Arguments and environment are checked even when the file cannot be read.
        ConfigurationReader.read(root, path: "", report: report) { reader in
            configuration.read(from: reader)
            report.checkVariables(sections: reader.knownKeys)
        }
        let problems = report.problems.sorted { $0.location.order < $1.location.order }
        return Loaded(configuration: configuration, problems: problems, file: file)
    }

    private static func compose(_ file: String, _ report: ConfigurationReport) -> Node? {
        do {
            return try Yams.compose(yaml: text(of: file))
        } catch let error as ConfigurationValueError {
            report.add(error.message, at: .file(file, line: nil, column: nil), key: "")
        } catch {
            let (message, mark) = explain(error)
            report.add(message, at: .file(file, line: mark?.line, column: mark?.column), key: "")
        }
        return nil
    }

    private static func text(of file: String) throws -> String {
        guard let handle = FileHandle(forReadingAtPath: file),
            let data = try? handle.read(upToCount: ConfigurationLimits.fileBytes + 1) ?? Data()
        else { throw ConfigurationValueError("cannot be read: is it there, and may this user read it?") }
        guard data.count <= ConfigurationLimits.fileBytes else {
            throw ConfigurationValueError("has more than \(ConfigurationLimits.fileBytes) bytes: is it the right file?")
        }
        guard let text = String(validating: data, as: UTF8.self) else {
            throw ConfigurationValueError("is not UTF-8: is it the right file?")
        }
        return text
    }

    private static func explain(_ error: any Error) -> (message: String, mark: Mark?) {
        switch error {
        case YamlError.scanner(_, let problem, let mark, _), YamlError.parser(_, let problem, let mark, _),
            YamlError.composer(_, let problem, let mark, _):
            ("is not YAML: \(problem)", mark)
        case YamlError.duplicatedKeysInMapping(let keys, let context):
            ("a key is written twice in one section: \(keys.sorted().joined(separator: ", "))", context.mark)
        case YamlError.reader(let problem, _, _, _):
            ("is not YAML: \(problem)", nil)
        default:
            ("is not YAML that can be read", nil)
        }
    }
}

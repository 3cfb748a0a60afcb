import Foundation
import Yams

/// Gathers the configuration: arguments before environment, before the file, before the defaults.
enum ConfigurationLoader {
    /// What was found; the configuration is good for use only when there are no problems.
    struct Loaded {
        /// The values, defaults where there is a problem.
        var configuration: HauntConfiguration
        /// Every problem, in the order a person reads.
        var problems: [ConfigurationProblem]
        /// The file that was read; nil when there was none to read.
        var file: String?
    }

    /// Where the file is when nobody says; it need not be there.
    static let defaultFile = "/etc/haunt/haunt.yaml"

    /// Reads everything there is to read, and notes every problem.
    ///
    /// - Parameters:
    ///   - file: The file the person named; without one, the default file if it is there.
    ///   - arguments: Values by full key, as in `store.path`.
    ///   - environment: Environment of the process.
    ///   - defaultFile: Where the file is when nobody says.
    /// - Returns: Values and problems.
    static func load(
        file: String? = nil, arguments: [String: String] = [:],
        environment: [String: String] = ProcessInfo.processInfo.environment, defaultFile: String = defaultFile
    ) -> Loaded {
        let file = file ?? (FileManager.default.fileExists(atPath: defaultFile) ? defaultFile : nil)
        let report = ConfigurationReport(file: file, arguments: arguments, environment: environment)
        var configuration = HauntConfiguration(environment: environment)
        let root = file.flatMap { compose($0, report) }
        // A file that cannot be read says nothing about its keys, but arguments and environment are looked at.
        ConfigurationReader.read(root, path: "", report: report) { reader in
            configuration.read(from: reader)
            report.checkVariables(sections: reader.known)
        }
        let problems = report.problems.sorted { $0.place.order < $1.place.order }
        return Loaded(configuration: configuration, problems: problems, file: file)
    }

    private static func compose(_ file: String, _ report: ConfigurationReport) -> Node? {
        do {
            return try Yams.compose(yaml: text(of: file))
        } catch let problem as ConfigurationMistake {
            report.add(problem.message, at: .file(file, line: nil, column: nil), key: "")
        } catch {
            let (message, mark) = explain(error)
            report.add(message, at: .file(file, line: mark?.line, column: mark?.column), key: "")
        }
        return nil
    }

    private static func text(of file: String) throws -> String {
        guard let handle = FileHandle(forReadingAtPath: file),
            let data = try? handle.read(upToCount: ConfigurationLimits.fileBytes + 1) ?? Data()
        else { throw ConfigurationMistake("cannot be read: is it there, and may this user read it?") }
        guard data.count <= ConfigurationLimits.fileBytes else {
            throw ConfigurationMistake("has more than \(ConfigurationLimits.fileBytes) bytes: is it the right file?")
        }
        guard let text = String(validating: data, as: UTF8.self) else {
            throw ConfigurationMistake("is not UTF-8: is it the right file?")
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

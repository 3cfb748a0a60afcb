import Wire
import Foundation
import HauntTestSupport
import Household
import Testing

@testable import haunt

/// The installed file shows the defaults, which must equal those of the code.
struct ConfigurationExampleTests {
    private static let example = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../config/haunt.yaml").standardized

    /// The file with its commented keys uncommented: a key follows its `#` at once, or stands deeper in a list.
    private func uncommented() throws -> String {
        try String(contentsOf: Self.example, encoding: .utf8).split(separator: "\n", omittingEmptySubsequences: false)
            .map { line in
                let key = /^( *)#([a-z_]+:.*)$/
                let item = /^#(  - \{dialect: .*)$/
                return if let match = line.wholeMatch(of: key) {
                    "\(match.1)\(match.2)"
                } else if let match = line.wholeMatch(of: item) {
                    String(match.1)
                } else {
                    String(line)
                }
            }.joined(separator: "\n")
    }

    /// The defaults with the store of the service.
    private var defaults: HauntConfiguration {
        var configuration = HauntConfiguration()
        configuration.store.path = "/var/lib/haunt/haunt.db"
        return configuration
    }

    @Test("The installed configuration names the store of the service, and equals the defaults elsewhere")
    func isEmpty() throws {
        let loaded = ConfigurationLoader.load(file: Self.example.path, environment: [:])
        #expect(loaded.problems.isEmpty)
        #expect(loaded.configuration == defaults)
    }

    @Test("Each default in a comment equals that of the code")
    func tellsDefaults() throws {
        let loaded = try ConfigurationFile(uncommented()).load()
        #expect(loaded.problems.isEmpty)
        #expect(loaded.configuration == defaults)
    }

    @Test("It has every configuration key")
    func tellsAllKeys() throws {
        let text = try uncommented()
        for (section, keys) in HauntConfiguration().sections {
            #expect(text.contains("\n\(section):"))
            for key in keys { #expect(text.contains("  \(key):"), "\(section).\(key)") }
        }
    }

    @Test("The example of a speaker can be read")
    func showsSpeaker() throws {
        let text = try String(contentsOf: Self.example, encoding: .utf8)
        let speaker = try #require(text.firstMatch(of: /#( *- \{name: .*\})/)?.1)
        let loaded = try ConfigurationFile("speakers:\n\(speaker)").load()
        #expect(loaded.problems.isEmpty)
        #expect(loaded.configuration.speakers.first?.profile == "antialias")
    }
}

extension HauntConfiguration {
    /// The sections that are not lists, each with its keys and those of nested sections.
    fileprivate var sections: [String: [String]] {
        func keys(of value: JSONValue) -> [String] {
            guard case .object(let fields) = value else { return [] }
            return fields.flatMap { [$0.key] + keys(of: $0.value) }
        }
        guard case .object(let fields) = json else { return [:] }
        return fields.mapValues { keys(of: $0) }
    }
}

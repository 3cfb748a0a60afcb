import ArgumentParser
import Foundation
import Household
import Logging
import Storage

/// The command `haunt serve`.
struct Serve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "The daemon: listens to the speakers, learns, and answers requests.")

    @OptionGroup var options: StoreOptions

    func run() async throws {
        let configuration = try options.configuration()
        try await Daemon(configuration: configuration, options: options).run()
    }
}

/// The command `haunt check-config`.
struct CheckConfig: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check-config",
        abstract: "Says every problem of the configuration with its line, and whose each speaker is; exit 0 or 78.")

    @OptionGroup var options: StoreOptions

    func run() async throws {
        let configuration = try options.configuration()
        let decisions = decisions(configuration)
        var lines = ["The configuration is in order. Store: \(configuration.store.path)"]
        for speaker in configuration.speakers {
            let inFile = speaker.profile ?? "nobody"
            let inStore = decisions?.owners[speaker.name].map { $0 ?? "nobody" }
            let wins = inStore.map { $0 == inFile ? "" : "; the store says \($0), which wins" } ?? ""
            lines.append("  \(speaker.name) is \(inFile)'s\(wins)")
        }
        lines += decisions?.removedProfiles.map { "  \(RemovedProfileWarning.text($0))" } ?? []
        print(lines.joined(separator: "\n"))
    }

    /// What somebody decided; nil when there is no store yet, or one that cannot be read.
    private func decisions(_ configuration: HauntConfiguration) -> StoredDecisions? {
        let store = try? HouseholdDatabase.readOnly(path: configuration.store.path)
        return try? store?.read { try StoredDecisions(reading: $0, for: configuration.household) }
    }
}

/// The warning about a profile that the configuration names and that somebody removed.
enum RemovedProfileWarning {
    static func text(_ name: String) -> String {
        "The profile \(name) was removed, so it is not created: add it again with 'haunt profile add \(name)'"
    }
}

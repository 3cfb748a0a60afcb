import ArgumentParser
import Foundation
import Household
import Logging

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
        let stored = try? await storedOwners()
        var lines = ["The configuration is in order. Store: \(configuration.store.path)"]
        for speaker in configuration.speakers {
            let inFile = speaker.profile ?? "nobody"
            let inStore = stored?[speaker.name]
            let wins = inStore.map { $0 == inFile ? "" : "; the store says \($0), which wins" } ?? ""
            lines.append("  \(speaker.name) is \(inFile)'s\(wins)")
        }
        print(lines.joined(separator: "\n"))
    }

    /// The stored mappings, from speaker to profile; empty when there is no store yet.
    private func storedOwners() async throws -> [String: String] {
        guard FileManager.default.fileExists(atPath: try options.configuration().store.path) else { return [:] }
        let page = try await options.answer(ListSpeakers.self)
        return page.speakers.reduce(into: [:]) { $0[$1.speakerName] = $1.profile }
    }
}

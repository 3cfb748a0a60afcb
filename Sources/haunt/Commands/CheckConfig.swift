import ArgumentParser
import Foundation
import Household

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

    /// Speaker → profile as the store has it; nothing when there is no store yet.
    private func storedOwners() async throws -> [String: String] {
        guard FileManager.default.fileExists(atPath: try options.configuration().store.path) else { return [:] }
        let page = try await options.answer(ListSpeakers.self)
        return page.speakers.reduce(into: [:]) { $0[$1.speakerName] = $1.profile }
    }
}

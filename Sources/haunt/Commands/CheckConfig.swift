import ArgumentParser
import Foundation
import Household
import Wire

/// The command `haunt check-config`.
struct CheckConfig: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check-config",
        abstract:
            "Prints every problem of the configuration with its line, and the profile of each speaker. Exits with 0 or 78.",
        discussion: "It names the configuration and the store that the daemon and every other command use too.")

    @OptionGroup var options: StoreOptions

    func run() async throws {
        let configuration = try options.daemonConfiguration()
        let stored = (try? await storedOwners(configuration)) ?? [:]
        let report = ConfigurationReport.Answer(
            file: options.load(checksSecrets: false).file, store: configuration.store.path,
            hasStore: FileManager.default.fileExists(atPath: configuration.store.path),
            speakers: configuration.speakers.map {
                .init(speakerName: $0.name, configured: $0.profile, stored: stored[$0.name])
            })
        try options.show(report) { $0.text }
    }

    /// The stored mappings, from speaker to profile; empty when there is no store yet.
    private func storedOwners(_ configuration: HauntConfiguration) async throws -> [String: String] {
        let household = try await HouseholdConnection.open(configuration, writes: false)
        let page = try await household.answer(ListSpeakers.self, .object([:]))
        return page.speakers.reduce(into: [:]) { $0[$1.speakerName] = $1.profile }
    }
}

extension ConfigurationReport {
    /// What `check-config` says of a configuration that is in order.
    struct Answer: Encodable {
        struct Speaker: Encodable {
            var speakerName: String
            /// The owner in the configuration.
            var configured: String?
            /// The owner in the store, which wins.
            var stored: String?

            var text: String {
                let inFile = configured ?? "nobody"
                let wins = stored.map { $0 == inFile ? "" : "; the store says \($0), which wins" } ?? ""
                return "  \(speakerName) is \(inFile)'s\(wins)"
            }
        }

        /// nil without a file.
        var file: String?
        var store: String
        var hasStore: Bool
        var speakers: [Speaker]

        var text: String {
            let source = file.map { "Configuration: \($0)" } ?? "Configuration: no file, so the defaults"
            let store = "Store: \(store)" + (hasStore ? "" : ", which the daemon will make")
            return (["The configuration is in order.", source, store] + speakers.map(\.text)).joined(separator: "\n")
        }
    }
}

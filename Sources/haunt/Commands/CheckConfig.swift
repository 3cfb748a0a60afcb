import ArgumentParser
import Foundation
import Household
import Storage
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
        let decisions = decisions(configuration)
        let report = ConfigurationReport.Answer(
            file: options.load(checksSecrets: false).file, store: configuration.store.path,
            hasStore: FileManager.default.fileExists(atPath: configuration.store.path),
            speakers: configuration.speakers.map {
                .init(
                    speakerName: $0.name, configured: $0.profile, configuredShared: $0.shared,
                    stored: decisions?.owners[$0.name].map { $0 ?? "nobody" }, storedShared: decisions?.sharers[$0.name]
                )
            },
            removedProfiles: decisions?.removedProfiles ?? [])
        try options.show(report) { $0.text }
    }

    /// What somebody decided; nil when there is no store yet, or one that cannot be read.
    private func decisions(_ configuration: HauntConfiguration) -> StoredDecisions? {
        let store = try? HouseholdConnection.readOnlyStore(configuration)
        return try? store?.read { try StoredDecisions(reading: $0, for: configuration.household) }
    }
}

/// The warning about a profile that the configuration names and that somebody removed.
enum RemovedProfileWarning {
    static func text(_ name: String) -> String {
        "The profile \(name) was removed, so it is not created: add it again with 'haunt profile add \(name)'"
    }
}

extension ConfigurationReport {
    /// What `check-config` says of a configuration that is in order.
    struct Answer: Encodable {
        struct Speaker: Encodable {
            var speakerName: String
            /// The owner in the configuration.
            var configured: String?
            /// Who shares it in the configuration: names, or `all` alone.
            var configuredShared: [String]
            /// The owner in the store, which wins.
            var stored: String?
            /// Who shares it in the store, which wins.
            var storedShared: [String]?

            var text: String {
                let inFile = Self.whose(configured, configuredShared)
                let inStore = storedShared.map { Self.whose(nil, $0) } ?? stored.map { Self.whose($0, []) }
                let wins = inStore.map { $0 == inFile ? "" : "; the store says \($0), which wins" } ?? ""
                return "  \(speakerName) is \(inFile)\(wins)"
            }

            private static func whose(_ owner: String?, _ sharers: [String]) -> String {
                sharers.isEmpty ? "\(owner ?? "nobody")'s" : "shared by \(sharers.sorted().joined(separator: ", "))"
            }
        }

        /// nil without a file.
        var file: String?
        var store: String
        var hasStore: Bool
        var speakers: [Speaker]
        /// Profiles that the configuration names and that somebody removed. They are not created.
        var removedProfiles: [String]

        var text: String {
            let source = file.map { "Configuration: \($0)" } ?? "Configuration: no file, so the defaults"
            let store = "Store: \(store)" + (hasStore ? "" : ", which the daemon will make")
            let warnings = removedProfiles.map { "  \(RemovedProfileWarning.text($0))" }
            let lines = ["The configuration is in order.", source, store] + speakers.map(\.text) + warnings
            return lines.joined(separator: "\n")
        }
    }
}

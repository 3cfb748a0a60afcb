import ArgumentParser
import Household

/// The command `haunt taste …`.
struct TasteCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "taste", abstract: "Rebuilds a profile's taste from its listens.", subcommands: [Build.self])

    struct Build: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Rebuilds a profile's taste from all its listens.")
        @Argument(help: "The profile's name.") var name: String
        @OptionGroup var options: StoreOptions

        func run() async throws {
            try await options.ask(BuildTaste.self, ["name": .text(name)]) { build in
                "Built the taste of \(build.profile) from \(build.eventCount) listens: version \(build.version)."
            }
        }
    }
}

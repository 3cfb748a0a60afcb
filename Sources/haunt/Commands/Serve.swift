import ArgumentParser
import Household

/// The command `haunt serve`.
struct Serve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "The daemon: listens to the speakers, learns, and answers requests.")

    @OptionGroup var options: StoreOptions

    func run() async throws {
        let configuration = try options.daemonConfiguration()
        try await options.using { _ in try await Daemon(configuration: configuration, options: options).run() }
    }
}

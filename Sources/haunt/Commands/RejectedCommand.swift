import ArgumentParser
import Household
import Wire

/// The command `haunt rejected …`.
struct RejectedCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rejected", abstract: "Shows listens that could not be taken, tries them again, drops them.",
        subcommands: [List.self, Replay.self, Drop.self], defaultSubcommand: List.self)

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Lists rejected listens, the newest first.")
        @Option(help: "How many.") var limit: Int?
        @OptionGroup var options: StoreOptions

        func run() async throws {
            try await options.ask(ListRejected.self, ["limit": .number(limit)]) { page in
                Table(["id", "received", "door", "why", "payload"], page.rejected.map(\.row)).text
            }
        }
    }

    struct Replay: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Tries rejected listens again; those taken are dropped.")
        @Argument(help: "Their ids; none means all.") var ids: [Int] = []
        @OptionGroup var options: StoreOptions

        func run() async throws {
            try await options.ask(ReplayRejected.self, ids.fields) { answer in
                let failed = answer.failed.map { "\nStill rejected: \($0.row.joined(separator: "  "))" }.joined()
                return "Taken: \(answer.replayed)\(failed)"
            }
        }
    }

    struct Drop: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Drops rejected listens for good.")
        @Argument(help: "Their ids; none means all.") var ids: [Int] = []
        @OptionGroup var options: StoreOptions

        func run() async throws {
            try await options.ask(DropRejected.self, ids.fields) { answer in
                "Dropped: \(answer.dropped)"
            }
        }
    }
}

extension [Int] {
    fileprivate var fields: [String: JSONValue?] { ["ids": isEmpty ? nil : .array(map { .number(Double($0)) })] }
}

extension RejectedView {
    fileprivate var row: [String] {
        [id.map { "\($0)" } ?? "-", RFC3339.string(from: receivedAt), door, error.message, String(payload.prefix(60))]
    }
}

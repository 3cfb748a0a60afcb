import ArgumentParser
import Household
import Wire

/// The command `haunt rejected …`.
struct RejectedCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rejected", abstract: "Lists, replays and drops listens that could not be stored.",
        subcommands: [List.self, Replay.self, Drop.self], defaultSubcommand: List.self)

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Lists rejected listens, the newest first.")
        @Option(help: "Number of items.") var limit: Int?
        @OptionGroup var options: StoreOptions

        func run() async throws {
            try await options.ask(ListRejected.self, ["limit": .number(limit)]) { page in
                Table(["id", "received", "door", "why", "payload"], page.rejected.map(\.row)).text
            }
        }
    }

    struct Replay: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Tries to store rejected listens again. Those that are stored are no longer listed.")
        @Argument(help: "Their ids; by default all.") var ids: [Int] = []
        @OptionGroup var options: StoreOptions

        func run() async throws {
            try await options.ask(ReplayRejected.self, ids.fields) { answer in
                let failed = answer.failed.map { "\nStill rejected: \($0.row.joined(separator: "  "))" }.joined()
                return "Taken: \(answer.replayed)\(failed)"
            }
        }
    }

    struct Drop: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Deletes rejected listens.")
        @Argument(help: "Their ids; by default all.") var ids: [Int] = []
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

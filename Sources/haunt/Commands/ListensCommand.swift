import ArgumentParser
import Household
import Listening
import Wire

/// The command `haunt listens …`.
struct ListensCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "listens", abstract: "Shows the history of listens, and corrects it.",
        subcommands: [List.self, Reassign.self, Remove.self, Undo.self], defaultSubcommand: List.self)

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Lists listens, the newest first.")
        @OptionGroup var selection: ListenSelectionOptions
        @Option(help: "How many.") var limit: Int?
        @Option(help: "Where the page begins, as the page before said.") var cursor: String?
        @OptionGroup var options: StoreOptions

        func run() async throws {
            var fields = selection.fields
            fields["limit"] = JSONValue.number(limit)
            fields["cursor"] = JSONValue.text(cursor)
            try await options.ask(ListListens.self, fields) { page in
                Table(
                    ["started", "outcome", "profile", "rule", "speaker", "artist", "title"], page.history.map(\.row)
                ).text
            }
        }
    }

    struct Reassign: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Gives listens to another profile; how a new profile gets what it heard before it existed.")
        @OptionGroup var selection: ListenSelectionOptions
        @Option(help: "The profile whose they are from now on; 'default' is nobody.") var to: String
        @OptionGroup var confirmation: Confirmation
        @OptionGroup var options: StoreOptions

        func run() async throws {
            var fields = selection.fields
            fields["to_profile"] = JSONValue.text(to)
            try await confirmation.run(options, ReassignListens.self, fields) { answer, isDone in
                answer.text(isDone ? "went to \(to)" : "would go to \(to)")
            }
        }
    }

    struct Remove: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Takes listens out of history.")
        @OptionGroup var selection: ListenSelectionOptions
        @Flag(help: "Forget them at once; cannot be undone.") var purge = false
        @OptionGroup var confirmation: Confirmation
        @OptionGroup var options: StoreOptions

        func run() async throws {
            var fields = selection.fields
            fields["purge"] = .bool(purge)
            let forGood = purge ? " for good" : ""
            try await confirmation.run(options, RemoveListens.self, fields) { answer, isDone in
                answer.text((isDone ? "were removed" : "would be removed") + forGood)
            }
        }
    }

    struct Undo: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Undoes a correction, or the removal of a profile, within 30 days.")
        @Argument(help: "What the correction said undoes it.") var undoID: String
        @OptionGroup var options: StoreOptions

        func run() async throws {
            try await options.ask(UndoCorrection.self, ["undo_id": .text(undoID)]) { answer in
                answer.text("are what they were")
            }
        }
    }
}

extension ListenView {
    fileprivate var row: [String] {
        [
            RFC3339.string(from: startedAt), outcome.rawValue, profile ?? "-", rule.rawValue, speakerName ?? "-",
            artist ?? "-", title ?? "-",
        ]
    }
}

extension CorrectionView {
    fileprivate func text(_ fate: String) -> String {
        let owners = byProfile.sorted { $0.key < $1.key }.map { "\($0.value) of \($0.key)" }
        let whose = owners.isEmpty ? "" : ": " + owners.joined(separator: ", ")
        return "\(eventCount) listens \(fate)\(whose)." + undoHint(undoId)
    }
}

/// How a person undoes what was just done; nothing when it cannot be undone.
func undoHint(_ undoID: String?) -> String {
    undoID.map { "\nTo undo this within 30 days: haunt listens undo \($0)" } ?? ""
}

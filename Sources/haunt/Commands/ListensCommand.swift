import ArgumentParser
import Household
import Listening
import Wire

/// The command `haunt listens …`.
struct ListensCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "listens", abstract: "Lists and corrects the history of listens.",
        subcommands: [List.self, Reassign.self, Remove.self, Undo.self], defaultSubcommand: List.self)

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Lists listens, the newest first.")
        @OptionGroup var selection: ListenSelectionOptions
        @Option(help: "Number of items.") var limit: Int?
        @Option(help: "next_cursor of the previous page.") var cursor: String?
        @OptionGroup var options: StoreOptions

        func run() async throws {
            var fields = selection.fields
            fields["limit"] = JSONValue.number(limit)
            fields["cursor"] = JSONValue.text(cursor)
            try await options.ask(ListListens.self, fields) { page in
                Table(
                    ["started", "outcome", "profile", "rule", "sure", "likely", "speaker", "artist", "title"],
                    page.history.map(\.row)
                ).text
            }
        }
    }

    struct Reassign: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Gives listens to another profile, for instance to a new one those from before it existed.")
        @OptionGroup var selection: ListenSelectionOptions
        @Option(help: "The profile that gets them; 'default' is nobody.") var to: String
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
        static let configuration = CommandConfiguration(abstract: "Removes listens from the history.")
        @OptionGroup var selection: ListenSelectionOptions
        @Flag(help: "Delete them at once. This cannot be undone.") var purge = false
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
        @Argument(help: "The undo_id that the correction printed.") var undoID: String
        @OptionGroup var options: StoreOptions

        func run() async throws {
            try await options.ask(UndoCorrection.self, ["undo_id": .text(undoID)]) { answer in
                answer.text("are what they were")
            }
        }
    }
}

/// Options that select listens. All conditions must hold.
struct ListenSelectionOptions: ParsableArguments {
    @Option(help: "Heard on this speaker.") var speaker: String?
    @Option(help: "Began at this time or later (RFC 3339).") var since: String?
    @Option(help: "Began before this time (RFC 3339).") var until: String?
    @Option(help: "By this artist.") var artist: String?
    @Option(help: "Of this profile; 'default' is nobody's.") var profile: String?
    @Option(help: "Of this session of a shared speaker.") var session: Int?
    @Option(help: "Given to its profile by this rule, such as likeness.") var rule: String?
    @Flag(help: "Of a shared speaker, and given to nobody.") var open = false

    var fields: [String: JSONValue?] {
        [
            "speaker_name": .text(speaker), "since": .text(since), "until": .text(until), "artist": .text(artist),
            "profile": .text(profile), "session": .number(session), "rule": .text(rule),
            "open": open ? .bool(true) : nil,
        ]
    }
}

extension ListenView {
    fileprivate var row: [String] {
        [
            RFC3339.string(from: startedAt), outcome.rawValue, profile ?? "-", rule.rawValue,
            confidence?.percent ?? "-", likelyText, speakerName ?? "-", artist ?? "-", title ?? "-",
        ]
    }

    /// Who may have heard it, as far as they are worth a word: "anna 97 %, somebody else 3 %".
    private var likelyText: String {
        let worth = (likely ?? []).filter { $0.p >= 0.01 }
        guard !worth.isEmpty else { return "-" }
        return worth.map { "\($0.profile ?? "somebody else") \($0.p.percent)" }.joined(separator: ", ")
    }
}

extension CorrectionView {
    fileprivate func text(_ fate: String) -> String {
        let owners = byProfile.sorted { $0.key < $1.key }.map { "\($0.value) of \($0.key)" }
        let whose = owners.isEmpty ? "" : ": " + owners.joined(separator: ", ")
        return "\(eventCount) listens \(fate)\(whose)." + undoHint(undoId)
    }
}

/// A line that says how to undo a correction; empty when it cannot be undone.
func undoHint(_ undoID: String?) -> String {
    undoID.map { "\nTo undo this within 30 days: haunt listens undo \($0)" } ?? ""
}

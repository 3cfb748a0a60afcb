import ArgumentParser
import Household
import Taste
import Wire

/// The command `haunt listener …`.
struct ListenerCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "listener", abstract: "Shows who is listening at a shared speaker, and corrects it.",
        subcommands: [Show.self, Set.self, Explain.self], defaultSubcommand: Show.self)

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Shows who is listening at a shared speaker.")
        @Argument(help: "The speaker's name.") var speaker: String
        @OptionGroup var options: StoreOptions

        func run() async throws {
            try await options.ask(GetListener.self, ["speaker_name": .text(speaker)]) { $0.sentence }
        }
    }

    struct Explain: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Says in sentences why somebody is taken for the listener of a shared speaker.")
        @Argument(help: "The speaker's name.") var speaker: String
        @OptionGroup var options: StoreOptions

        func run() async throws {
            try await options.ask(GetListener.self, ["speaker_name": .text(speaker)]) {
                ($0.reasons ?? []).joined(separator: "\n")
            }
        }
    }

    struct Set: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Says who is listening: for the whole session, or the last one within twelve hours.")
        @Argument(help: "The speaker's name.") var speaker: String
        @Argument(help: "A profile, guest, nobody, or auto to take it back.") var who: String
        @Option(help: "The session that is meant.") var session: Int?
        @OptionGroup var options: StoreOptions

        func run() async throws {
            let fields: [String: JSONValue?] = [
                "speaker_name": .text(speaker), "profile": .text(who), "session": .number(session),
            ]
            try await options.ask(SetListener.self, fields) { $0.sentence }
        }
    }
}

extension ListenerView {
    fileprivate var sentence: String {
        guard session != nil, let p else { return "Nobody is listening at \(speakerName), as far as Haunt knows." }
        let percent = p.percent
        switch (verdict, profile) {
        case (.assigned, let name): return "\(name ?? "Somebody else") is listening at \(speakerName) (\(percent))."
        case (.suggested, let name?): return "It may be \(name) at \(speakerName) (\(percent))."
        default: return "Haunt does not know who is listening at \(speakerName)."
        }
    }
}

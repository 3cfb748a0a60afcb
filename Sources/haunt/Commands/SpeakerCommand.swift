import ArgumentParser
import Foundation
import Household
import Wire

/// The command `haunt speaker …`.
struct SpeakerCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "speaker", abstract: "Lists speakers, shares them, and turns their guest mode on and off.",
        subcommands: [List.self, Guest.self, Shared.self], defaultSubcommand: List.self)

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Lists the speakers ever seen or configured.")
        @OptionGroup var options: StoreOptions

        func run() async throws {
            try await options.ask(ListSpeakers.self) { page in
                let rows = page.speakers.map {
                    [$0.speakerName, $0.profile ?? "-", $0.rule.rawValue, $0.guest ? "on" : "off", $0.topic]
                }
                return Table(["speaker", "profile", "rule", "guest mode", "topic"], rows).text
            }
        }
    }

    struct Guest: AsyncParsableCommand {
        enum Switch: String, ExpressibleByArgument, CaseIterable { case on, off }

        static let configuration = CommandConfiguration(
            abstract: "Turns guest mode on or off. What plays in guest mode is not stored.")
        @Argument(help: "The speaker's name.") var speaker: String
        @Argument(help: "on or off.") var mode: Switch
        @OptionGroup var options: StoreOptions

        func run() async throws {
            let fields: [String: JSONValue?] = ["speaker_name": .text(speaker), "guest": .bool(mode == .on)]
            try await options.ask(SetGuestMode.self, fields) { speaker in
                "Guest mode of \(speaker.speakerName) is \(speaker.guest ? "on" : "off")."
            }
        }
    }

    struct Shared: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Says who shares a speaker: each listen there goes to whom it sounds like.")
        @Argument(help: "The speaker's name.") var speaker: String
        @Argument(help: "Names of profiles with commas, all, or off.") var people: String
        @OptionGroup var options: StoreOptions

        func run() async throws {
            let names = people.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
            let fields: [String: JSONValue?] = ["speaker_name": .text(speaker), "profiles": .texts(names)]
            try await options.ask(SetSharing.self, fields) { speaker in
                let name = speaker.speakerName
                return people == "off" ? "Nobody shares \(name)." : "\(name) is shared by \(people)."
            }
        }
    }
}

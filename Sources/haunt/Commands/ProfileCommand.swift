public import ArgumentParser
import Foundation
public import Household
import Wire

extension RemoveProfile.Events: ExpressibleByArgument {}

/// The command `haunt profile …`.
struct ProfileCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "profile", abstract: "Lists, shows, adds and removes profiles, and maps speakers to them.",
        subcommands: [List.self, Show.self, Add.self, Update.self, Remove.self, Speakers.self, Token.self],
        defaultSubcommand: List.self)

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Lists the profiles.")
        @OptionGroup var options: StoreOptions

        func run() async throws {
            try await options.ask(ListProfiles.self) { page in
                Table(["profile", "listens", "tracks", "last listen", "speakers"], page.profiles.map(\.row)).text
            }
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Shows one profile.")
        @Argument(help: "Its name.") var name: String
        @OptionGroup var options: StoreOptions

        func run() async throws {
            try await options.ask(ShowProfile.self, ["name": .text(name)]) { profile in profile.text }
        }
    }

    struct Add: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Adds a profile.")
        @Argument(help: "Its permanent name: \(ProfileName.rule).") var name: String
        @Option(help: "The name that is shown.") var displayName: String?
        @OptionGroup var options: StoreOptions

        func run() async throws {
            let fields: [String: JSONValue?] = ["name": .text(name), "display_name": .text(displayName)]
            try await options.ask(AddProfile.self, fields) { profile in "Added the profile \(profile.name)." }
        }
    }

    struct Update: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Changes the display name of a profile. Its name is permanent.")
        @Argument(help: "Its name.") var name: String
        @Option(help: "The name that is shown.") var displayName: String
        @OptionGroup var options: StoreOptions

        func run() async throws {
            let fields: [String: JSONValue?] = ["name": .text(name), "display_name": .text(displayName)]
            try await options.ask(UpdateProfile.self, fields) { profile in
                "\(profile.name) is called \(profile.displayName)."
            }
        }
    }

    struct Remove: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Removes a profile. Its listens go to the profile 'default', or are removed too.")
        @Argument(help: "Its name.") var name: String
        @Option(help: "keep or delete its listens.") var events = RemoveProfile.Events.keep
        @Flag(help: "Forget it at once; cannot be undone.") var purge = false
        @OptionGroup var confirmation: Confirmation
        @OptionGroup var options: StoreOptions

        func run() async throws {
            let fields: [String: JSONValue?] = [
                "name": .text(name), "events": .text(events.rawValue), "purge": .bool(purge),
            ]
            try await confirmation.run(options, RemoveProfile.self, fields) { gone, isDone in
                let fate = events == .keep ? "go to default" : "go with it"
                return (isDone ? "Removed the profile \(gone.name)" : "This removes the profile \(gone.name)")
                    + (purge ? " for good" : "") + "; its \(gone.eventCount) listens \(fate)." + undoHint(gone.undoId)
            }
        }
    }

    struct Token: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Makes a new token, with which other players submit listens of the profile.",
            discussion: "The token is shown only this once. An earlier token of the profile becomes invalid.")
        @Argument(help: "The profile's name.") var name: String
        @OptionGroup var options: StoreOptions

        func run() async throws {
            try await options.ask(MakeProfileToken.self, ["name": .text(name)]) { answer in answer.token }
        }
    }

    struct Speakers: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Replaces the list of the profile's speakers. Stored listens keep their profile.")
        @Argument(help: "The profile's name.") var name: String
        @Argument(help: "Full names, such as media_player.study; none removes all of them.") var speakers: [String] = []
        @OptionGroup var options: StoreOptions

        func run() async throws {
            let fields: [String: JSONValue?] = ["name": .text(name), "speakers": .texts(speakers)]
            try await options.ask(SetProfileSpeakers.self, fields) { answer in answer.text }
        }
    }
}

extension ProfileView {
    fileprivate var row: [String] {
        let last = stats.lastListen.map(RFC3339.string) ?? "-"
        return [name, "\(stats.eventCount)", "\(stats.trackCount)", last, speakers.joined(separator: ", ")]
    }

    fileprivate var text: String {
        Table(
            ["", ""],
            [
                ["name", name], ["display name", displayName], ["created", RFC3339.string(from: createdAt)],
                ["speakers", speakers.isEmpty ? "-" : speakers.joined(separator: ", ")],
                ["listens", "\(stats.eventCount) of \(stats.trackCount) tracks"],
                ["last listen", stats.lastListen.map(RFC3339.string) ?? "-"],
                ["taste", "version \(taste.version)"],
                ["top artists", taste.topArtists.isEmpty ? "-" : taste.topArtists.joined(separator: ", ")],
            ]
        ).body
    }
}

extension ProfileSpeakersView {
    fileprivate var text: String {
        let taken = taken.sorted { $0.key < $1.key }.map { "\nTaken from \($0.value): \($0.key)" }
        let released = released.map { "\nNobody's now: \($0)" }
        return "Speakers of \(name): \(speakers.isEmpty ? "none" : speakers.joined(separator: ", "))"
            + (taken + released).joined()
    }
}

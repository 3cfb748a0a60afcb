import ArgumentParser
import Foundation
import Household

/// The command `haunt profile …`.
struct ProfileCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "profile", abstract: "Lists, shows, adds and removes profiles, and gives them speakers.",
        subcommands: [List.self, Show.self, Add.self, Remove.self, Speakers.self], defaultSubcommand: List.self)

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Lists the profiles.")
        @OptionGroup var options: StoreOptions

        func run() async throws {
            try await options.ask(.profileList) { (page: ProfilePage) in
                Table(["profile", "listens", "tracks", "last listen", "speakers"], page.profiles.map(\.row)).text
            }
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Shows one profile.")
        @Argument(help: "Its name.") var name: String
        @OptionGroup var options: StoreOptions

        func run() async throws {
            try await options.ask(.profileShow, ["name": .text(name)]) { (profile: ProfileView) in profile.text }
        }
    }

    struct Add: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Adds a profile.")
        @Argument(help: "Its permanent name: \(ProfileName.rule).") var name: String
        @Option(help: "What people call it.") var displayName: String?
        @OptionGroup var options: StoreOptions

        func run() async throws {
            let fields: [String: JSONValue?] = ["name": .text(name), "display_name": .text(displayName)]
            try await options.ask(.profileAdd, fields) { (profile: ProfileView) in "Added the profile \(profile.name)."
            }
        }
    }

    struct Remove: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Removes a profile; its listens go to the profile 'default'.")
        @Argument(help: "Its name.") var name: String
        @OptionGroup var options: StoreOptions

        func run() async throws {
            try await options.ask(.profileRemove, ["name": .text(name)]) { (gone: ProfileRemovalView) in
                "Removed the profile \(gone.name); \(gone.eventCount) listens went to default."
            }
        }
    }

    struct Speakers: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Makes these the profile's speakers, all of them; listens so far keep their profile.")
        @Argument(help: "The profile's name.") var name: String
        @Argument(help: "Full names, such as media_player.study; none gives them all back.") var speakers: [String] = []
        @OptionGroup var options: StoreOptions

        func run() async throws {
            let fields: [String: JSONValue?] = ["name": .text(name), "speakers": .texts(speakers)]
            try await options.ask(.profileSpeakers, fields) { (answer: ProfileSpeakersView) in answer.text }
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

public import ArgumentParser
import Household
public import Taste
import Wire

extension Verdict: ExpressibleByArgument {}

/// The command `haunt feedback …`.
struct FeedbackCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "feedback", abstract: "Gives, lists and withdraws feedback on tracks.",
        subcommands: [List.self, Add.self, Remove.self], defaultSubcommand: List.self)

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Lists feedback, the newest first.")
        @Option(help: "The profile; all profiles by default.") var profile: String?
        @Option(help: "Number of items.") var limit: Int?
        @Option(help: "next_cursor of the previous page.") var cursor: String?
        @OptionGroup var options: StoreOptions

        func run() async throws {
            let fields: [String: JSONValue?] = [
                "profile": .text(profile), "limit": .number(limit), "cursor": .text(cursor),
            ]
            try await options.ask(ListFeedback.self, fields) { page in
                Table(["id", "said", "verdict", "profile", "artist", "title", "until"], page.feedback.map(\.row)).text
            }
        }
    }

    struct Add: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Gives feedback on a track: the named one, else the one that plays on the speaker.")
        @Argument(help: "like, dislike, ban_track, ban_artist, or snooze for 30 days.") var verdict: Verdict
        @Option(help: "The profile whose lists it changes; by default the profile of the speaker.") var profile: String?
        @Option(help: "The speaker that plays the track.") var speaker: String?
        @Option(help: "Id of the track, track_id in recommend --json.") var track: Int?
        @OptionGroup var options: StoreOptions

        func run() async throws {
            let fields: [String: JSONValue?] = [
                "verdict": .text(verdict.rawValue), "profile": .text(profile), "speaker_name": .text(speaker),
                "track_id": .number(track),
            ]
            try await options.ask(AddFeedback.self, fields) { said in
                "Kept for \(said.profile): \(said.sentence)\nTo withdraw it: haunt feedback remove \(said.id)"
            }
        }
    }

    struct Remove: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Withdraws feedback.")
        @Argument(help: "The id of the feedback, as the list shows it.") var id: Int
        @OptionGroup var options: StoreOptions

        func run() async throws {
            try await options.ask(RemoveFeedback.self, ["id": .number(id)]) { said in
                "Withdrawn for \(said.profile): \(said.sentence)"
            }
        }
    }
}

extension FeedbackView {
    fileprivate var sentence: String { "\(verdict.rawValue) \(artist ?? "-") – \(title)" }

    fileprivate var row: [String] {
        [
            "\(id)", RFC3339.string(from: createdAt), verdict.rawValue, profile, artist ?? "-", title,
            expiresAt.map(RFC3339.string) ?? "-",
        ]
    }
}

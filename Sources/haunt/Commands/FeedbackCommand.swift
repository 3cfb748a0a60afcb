public import ArgumentParser
import Household
public import Taste
import Wire

extension Verdict: ExpressibleByArgument {}

/// The command `haunt feedback …`.
struct FeedbackCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "feedback", abstract: "Says what somebody thinks of a track, shows it, takes it back.",
        subcommands: [List.self, Add.self, Remove.self], defaultSubcommand: List.self)

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Lists what was said, the newest first.")
        @Option(help: "Whose; everybody's when left out.") var profile: String?
        @Option(help: "How many.") var limit: Int?
        @Option(help: "Where the page begins: next_cursor of the page before.") var cursor: String?
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
            abstract: "Says something of a track: of the one named, else of the one that plays on the speaker.")
        @Argument(help: "like, dislike, ban_track, ban_artist, or snooze for 30 days.") var verdict: Verdict
        @Option(help: "Whose lists it changes; the speaker's profile's when left out.") var profile: String?
        @Option(help: "Where the track is playing.") var speaker: String?
        @Option(help: "Id of the track, track_id in recommend --json.") var track: Int?
        @OptionGroup var options: StoreOptions

        func run() async throws {
            let fields: [String: JSONValue?] = [
                "verdict": .text(verdict.rawValue), "profile": .text(profile), "speaker_name": .text(speaker),
                "track_id": .number(track),
            ]
            try await options.ask(AddFeedback.self, fields) { said in
                "Kept for \(said.profile): \(said.sentence)\nTo take it back: haunt feedback remove \(said.id)"
            }
        }
    }

    struct Remove: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Takes back what was said.")
        @Argument(help: "The id in the list.") var id: Int
        @OptionGroup var options: StoreOptions

        func run() async throws {
            try await options.ask(RemoveFeedback.self, ["id": .number(id)]) { said in
                "Taken back for \(said.profile): \(said.sentence)"
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

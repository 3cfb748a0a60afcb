import ArgumentParser
import Household
import Listening

/// The command `haunt listens …`.
struct ListensCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "listens", abstract: "Shows the history of listens.", subcommands: [List.self],
        defaultSubcommand: List.self)

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Lists listens, the newest first.")
        @Option(help: "Heard on this speaker.") var speaker: String?
        @Option(help: "Began at this time or later (RFC 3339).") var since: String?
        @Option(help: "Began before this time (RFC 3339).") var until: String?
        @Option(help: "By this artist.") var artist: String?
        @Option(help: "Of this profile.") var profile: String?
        @Option(help: "How many.") var limit: Int?
        @Option(help: "Where the page begins, as the page before said.") var cursor: String?
        @OptionGroup var options: StoreOptions

        func run() async throws {
            let fields: [String: JSONValue?] = [
                "speaker_name": .text(speaker), "since": .text(since), "until": .text(until), "artist": .text(artist),
                "profile": .text(profile), "limit": .number(limit), "cursor": .text(cursor),
            ]
            try await options.ask(.listenList, fields) { (page: HistoryPage) in
                let rows = page.history.map {
                    [
                        RFC3339.string(from: $0.startedAt), $0.outcome.rawValue, $0.profile ?? "-", $0.rule.rawValue,
                        $0.speakerName ?? "-", $0.artist ?? "-", $0.title ?? "-",
                    ]
                }
                return Table(["started", "outcome", "profile", "rule", "speaker", "artist", "title"], rows).text
            }
        }
    }
}

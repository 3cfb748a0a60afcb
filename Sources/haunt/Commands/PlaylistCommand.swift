import ArgumentParser
import Household
import Taste
import Wire

/// The command `haunt playlist …`.
struct PlaylistCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "playlist", abstract: "Makes a playlist, sends it to a speaker, and shows what was made.",
        subcommands: [Generate.self, List.self, Show.self])

    struct Generate: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Makes a playlist for a profile, or for a guest by a vibe alone.")

        @Option(help: "The speaker that it is for.") var speaker: String?
        @Option(help: "The profile whose taste is read.") var profile: String?
        @Option(help: "Profiles of a list for several, with commas.") var profiles: String?
        @Option(help: "What the music should be like, in words.") var vibe: String?
        @Option(help: "Number of tracks.") var totalTracks: Int?
        @Option(help: "Length in minutes, if that is reached first.") var totalMinutes: Int?
        @Option(help: "familiar, balanced or discovery.") var mode = RankingMode.balanced
        @Option(help: "The same seed gives the same list.") var seed: Int?
        @Flag(help: "Use the vibe alone and read no taste.") var guest = false
        @Flag(help: "Send it to the speaker's command topic; needs the daemon.") var autoPlay = false
        @Flag(help: "Show the terms of each score, and the number of tracks that each filter removed.") var explain =
            false
        @OptionGroup var options: StoreOptions

        func run() async throws {
            let fields: [String: JSONValue?] = [
                "speaker_entity": .text(speaker), "profile": .text(profile), "profiles": .names(profiles),
                "vibe": .text(vibe),
                "total_tracks": .number(totalTracks), "total_minutes": .number(totalMinutes),
                "mode": .text(mode.rawValue), "seed": .number(seed), "guest": guest ? .bool(true) : nil,
                "auto_play": .bool(autoPlay), "explain": explain ? .bool(true) : nil,
            ]
            try await options.ask(GeneratePlaylist.self, fields) { list in list.value.text }
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Lists the playlists that were made, the newest first.")
        @Option(help: "Number of items.") var limit: Int?
        @OptionGroup var options: StoreOptions

        func run() async throws {
            try await options.ask(ListPlaylists.self, ["limit": .number(limit)]) { page in
                let rows = page.playlists.map {
                    [
                        RFC3339.string(from: $0.createdAt), $0.speakerName ?? "-",
                        $0.profile ?? $0.profiles?.joined(separator: ", ") ?? "guest",
                        $0.vibe ?? "-", "\($0.tracks.count)", $0.id,
                    ]
                }
                return Table(["made", "speaker", "profile", "vibe", "tracks", "id"], rows).text
            }
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Shows one playlist with its reasons.")
        @Argument(help: "Its id, as the list shows it.") var id: String
        @OptionGroup var options: StoreOptions

        func run() async throws {
            try await options.ask(ShowPlaylist.self, ["id": .text(id)]) { playlist in playlist.text }
        }
    }
}

extension PlaylistView {
    fileprivate var text: String {
        let whose = (profile ?? profiles?.joined(separator: ", ")).map { "For \($0)" } ?? "For a guest"
        let place = speakerName.map { " on \($0)" } ?? ""
        let meaning = understood.map { "\nUnderstood as: \($0)" } ?? ""
        return
            "\(whose)\(place), \(tracks.count) tracks, \(Int(nearest: durationS / 60)) minutes (rule: \(rule.rawValue))\(meaning)\n"
            + notes.map { "Note: \($0)\n" }.joined() + tracks.listing + (removed?.text ?? "")
    }
}

import ArgumentParser

/// The program `haunt` and its subcommands.
@main
struct Haunt: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "haunt",
        abstract: "Learns what each person in a home likes from what its speakers play, and hands playlists back.",
        discussion: """
            Start the daemon with 'haunt serve'. The other commands work on the daemon's store. When the daemon runs, a
            command that changes the store goes through it. Every command prints JSON with --json.
            """,
        version: Version.text,
        subcommands: [
            Serve.self, CheckConfig.self, ProfileCommand.self, SpeakerCommand.self, ListenerCommand.self,
            TasteCommand.self, RecommendCommand.self,
            PlaylistCommand.self, Evaluate.self, ImportCommand.self, Export.self, ListensCommand.self,
            FeedbackCommand.self, LibraryCommand.self, RejectedCommand.self, Replay.self, Backup.self, Restore.self,
            TokenCommand.self,
        ])

    /// Runs the command. An error ends the program with a message and an exit code of `sysexits.h`.
    static func main() async {
        do {
            var command = try parseAsRoot()
            if var command = command as? any AsyncParsableCommand {
                try await command.run()
            } else {
                try command.run()
            }
        } catch {
            Failure.exit(error)
        }
    }
}

enum Version {
    static let text = "0.1.0"
}

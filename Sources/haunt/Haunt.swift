import ArgumentParser

/// The program: one subcommand a thing that people do.
@main
struct Haunt: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "haunt",
        abstract: "Learns what each person in a home likes from what its speakers play, and hands playlists back.",
        discussion: """
            Start the daemon with 'haunt serve'. Every other command works on the same store, through the daemon when
            it runs. Each command prints JSON with --json. https://127.0.0.1 is all it ever talks to besides your broker.
            """,
        version: Version.text,
        subcommands: [
            Serve.self, CheckConfig.self, ProfileCommand.self, SpeakerCommand.self, TasteCommand.self,
            RecommendCommand.self,
            PlaylistCommand.self, Evaluate.self, ImportCommand.self, Export.self, ListensCommand.self,
            FeedbackCommand.self, RejectedCommand.self, Replay.self, Backup.self,
        ])

    /// Runs the command, and says what went wrong as a person would.
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

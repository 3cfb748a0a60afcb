import Foundation
import HauntTestSupport
import Exchange
import Household
import Wire

/// Invented listens of two people in the last weeks, of tracks in the demo catalog.
enum DemoHistory {
    private static let people = [("ada", "jazz, soul and bossa nova"), ("bo", "metal and hard rock")]
    private static let tracksEach = 24

    /// Imports the listens of each person by command.
    static func importAll(into haunt: HauntProcess, _ story: Story) async throws {
        for (name, likes) in people {
            let file = try haunt.directory.write(await csv(of: likes, haunt), to: "\(name).csv")
            let outcome = try await run(haunt, "import", "listens", file, "--profile", name)
            let line = outcome.replacing("\(file): ", with: "")
            story.step("haunt import listens \(name).csv --profile \(name)   (three weeks of \(likes)): \(line)")
        }
    }

    /// A CSV file of listens of the tracks that match some words. The first tracks have the most listens.
    private static func csv(of likes: String, _ haunt: HauntProcess) async throws -> String {
        let answer = try await run(haunt, "recommend", "--guest", "--vibe", likes, "--limit", "\(tracksEach)", "--json")
        let tracks = try WireJSON.decode(RecommendationView.self, from: Data(answer.utf8)).tracks
        let now = Date()
        let lines = tracks.enumerated().flatMap { index, track in
            (0...(tracksEach - index) / 6).map { play in
                let daysAgo = Double(2 + (index * 5 + play * 7) % 20)
                let start = now.addingTimeInterval(-daysAgo * 86_400 - Double(index) * 300)
                return ListenFileWriter.csv(
                    ImportedListen(
                        startedAt: start, artist: track.artist, title: track.title, heardS: track.durationS))
            }
        }
        return ListenFileWriter.csvHeader + lines.joined()
    }

    /// Runs a command on the daemon's store.
    ///
    /// - Returns: Its last line.
    private static func run(_ haunt: HauntProcess, _ arguments: String...) async throws -> String {
        let outcome = try await haunt.command(arguments)
        guard outcome.status == 0 else { throw DemoFailure(description: outcome.errors.joined(separator: "\n")) }
        return outcome.output.last ?? ""
    }
}

/// The demo cannot continue.
struct DemoFailure: Error, CustomStringConvertible {
    let description: String
}

import ArgumentParser
import Foundation
import Household
import MQTTBridge
import MQTTClient
import Wire

/// The command `haunt replay`.
struct Replay: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Prints the plays that the play tracker finds in a recording, one JSON line each. Uses no store.",
        discussion: "Record with: mosquitto_sub -F %j -t 'homeassistant/media_player/#' > trace.jsonl")

    @Argument(help: "Lines as 'mosquitto_sub -F %j' prints them; may be gzipped.", completion: .file())
    var trace: String
    @Flag(help: "Add when and by which source each play was seen, and which messages began and ended it.")
    var explain = false
    @OptionGroup var options: StoreOptions

    func run() async throws {
        let configuration = try options.configuration()
        let recording = Recording(try await InputFile(path: trace).readAll())
        var settings = configuration.bridge()
        var replay = try TraceReplay(settings, aliases: configuration.household.aliases)
        if !recording.messages.contains(where: { replay.hears($0.topic) }) {
            let bases = recording.statestreamBases
            warn(recording.noConfiguredSource(settings.sources, replacements: bases))
            settings.sources = bases.map { SourceConfiguration(dialect: .homeAssistantStatestream, baseTopic: $0) }
            replay = try TraceReplay(settings, aliases: configuration.household.aliases)
        }
        for message in recording.messages { try show(replay.receive(message)) }
        try show(replay.finish())
        for bad in recording.badLines { warn("\(trace): line \(bad.line) was left out: \(bad.message)") }
        guard recording.badLines.isEmpty else {
            throw Failure(
                code: .dataError,
                message: "\(trace): \(recording.badLines.count) lines could not be read; the rest was replayed")
        }
    }

    private func show(_ plays: [ReplayedPlay]) throws {
        for var play in plays {
            if !explain { play.account = nil }
            print(try WireJSON.text(play))
        }
    }

    private func warn(_ line: String) { Terminal.write("haunt: \(line)\n") }
}

/// The lines of a recording.
private struct Recording {
    private(set) var messages: [MQTTMessage] = []
    private(set) var badLines: [TraceReplay.BadLine] = []

    init(_ data: Data) {
        for (index, line) in data.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).enumerated() {
            guard !line.allSatisfy({ $0 == 0x20 || $0 == 0x0D }) else { continue }
            do throws(TraceReplay.BadLine) {
                messages.append(try MQTTMessage(traceLine: line, number: index + 1))
            } catch {
                badLines.append(error)
            }
        }
    }

    /// The base topics of Home Assistant in the recording: the levels before `/media_player/<name>/state`.
    var statestreamBases: [String] {
        let bases = messages.compactMap { message -> String? in
            let levels = message.topic.split(separator: "/", omittingEmptySubsequences: false)
            guard levels.count > 3, levels.last == "state", levels[levels.count - 3] == "media_player" else {
                return nil
            }
            return levels.dropLast(3).joined(separator: "/")
        }
        return Set(bases).sorted()
    }

    /// The warning that no configured source occurs, with the base topics that are read instead.
    func noConfiguredSource(_ sources: [SourceConfiguration], replacements bases: [String]) -> String {
        let configured = sources.map(\.baseTopic).joined(separator: ", ")
        guard !bases.isEmpty else {
            return "The recording has no message of a configured source (base topics: \(configured))"
        }
        return "No configured source occurs (base topics: \(configured)); "
            + "reading \(bases.joined(separator: ", ")) as Home Assistant's statestream"
    }
}

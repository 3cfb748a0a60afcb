import Foundation
import HauntTestSupport
import Household
import Listening
import MQTTBridge
import MQTTClient
import Testing

@testable import haunt

/// What players, bridges and clocks are known to do, each with the plays that are right.
@Suite("What a recording of this kind gives")
struct RecordingTests {
    @Test("The plays that were heard, and no others", arguments: Recording.all)
    func plays(recording: Recording) throws {
        try expect(recording.plays, from: recording.messages, of: recording)
    }

    @Test("The same plays when every message comes twice, as QoS 1 allows", arguments: Recording.all)
    func duplicates(recording: Recording) throws {
        try expect(recording.plays, from: recording.messages.flatMap { [$0, $0] }, of: recording)
    }

    @Test("There are recordings of every kind")
    func kinds() {
        #expect(Set(Recording.all.map(\.kind)).count >= 15)
        #expect(Recording.all.count > 120)
    }

    /// Compares the plays of a replay with those that are right; ignored ones do not matter.
    private func expect(_ expected: [String], from messages: [MQTTMessage], of recording: Recording) throws {
        let heard = try Self.replay(messages, recording).filter { $0.outcome != .ignored }
        var left = heard.map(Self.summary)
        for play in expected {
            guard let index = left.firstIndex(where: { Self.matches($0, play) }) else {
                Issue.record("missing: \(play)\nof \(Self.account(heard))")
                continue
            }
            left.remove(at: index)
        }
        #expect(left.isEmpty, "not heard: \(Self.account(heard))")
    }

    /// The way of `haunt replay`: configuration, dialects, tracker.
    private static func replay(_ messages: [MQTTMessage], _ recording: Recording) throws -> [ReplayedPlay] {
        let folder = try TemporaryDirectory()
        let hasSources = recording.configuration.contains { $0.hasPrefix("sources:") }
        let text = (recording.configuration + (hasSources ? [] : sources)).joined(separator: "\n")
        let loaded = ConfigurationLoader.load(file: try folder.write(text, to: "haunt.yaml"), environment: [:])
        try #require(loaded.problems.isEmpty, "\(loaded.problems)")
        let configuration = loaded.configuration
        var replay = try TraceReplay(configuration.bridge(), aliases: configuration.household.aliases)
        return messages.flatMap { replay.receive($0) } + replay.finish()
    }

    private static let sources = [
        "sources:", "  - {dialect: home-assistant-statestream, base_topic: homeassistant}",
        "  - {dialect: home-assistant-json, base_topic: ha/players}",
    ]

    private static func summary(_ play: ReplayedPlay) -> String {
        let name = "\(play.artist ?? "?") – \(play.title ?? "?")" + (play.album.map { " [\($0)]" } ?? "")
        let duration = play.durationS.map { "/\(Int($0.rounded()))" } ?? ""
        let speaker = play.speakerName.replacing("media_player.", with: "")
        return "\(speaker): \(name) \(play.outcome.rawValue) \(Int(play.playedS.rounded()))\(duration)"
    }

    /// Whether a play is the expected one: the same but for a second, or the tolerance that is written.
    private static func matches(_ play: String, _ expected: String) -> Bool {
        let (ours, theirs) = (play.split(separator: " "), expected.split(separator: " "))
        guard ours.count == theirs.count, ours.count > 2, ours.dropLast(2) == theirs.dropLast(2),
            theirs[theirs.count - 2].split(separator: "|").contains(ours[ours.count - 2])
        else { return false }
        let (heard, right) = (
            ours[ours.count - 1].split(separator: "/"), theirs[theirs.count - 1].split(separator: "/")
        )
        let bounds = right[0].split(separator: "±").compactMap { Double($0) }
        let tolerance = bounds.count > 1 ? bounds[1] : 1
        return heard.dropFirst() == right.dropFirst() && abs((Double(heard[0]) ?? -99) - bounds[0]) <= tolerance
    }

    /// The plays with what was seen of them.
    private static func account(_ plays: [ReplayedPlay]) -> String {
        plays.map { play in
            let stretches = play.account?.stretches.map { stretch in
                let (from, to) = (stretch.from, stretch.to)
                return "\(from.timeIntervalSince(Recording.start))…\(to.timeIntervalSince(Recording.start))"
            }
            return "\(summary(play)) | \(stretches ?? []) | \(play.account?.began ?? "") | \(play.account?.ended ?? "")"
        }.joined(separator: "\n")
    }
}

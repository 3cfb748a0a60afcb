import Foundation
import Household
import Listening
import MQTTBridge
import MQTTClient
import Testing
import Wire

@Suite("Recordings of a real Home Assistant")
struct TraceTests {
    /// The recorded tracks are seconds long; everything else is as people have it.
    private static let settings = BridgeSettings(
        sources: [SourceConfiguration(dialect: .homeAssistantStatestream, baseTopic: "hass")], speakerRules: [:],
        rules: ListenRules(minTrackS: 5, skipUnderS: 3, flapS: 2), version: "", redactedConfiguration: .null)

    private static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Traces")

    /// `expected.txt`: the name of a recording, then its plays, indented, in the order they ended.
    private static let expected: [(name: String, plays: [String])] = {
        let text = (try? String(contentsOf: folder.appending(path: "expected.txt"), encoding: .utf8)) ?? ""
        return text.split(separator: "\n").reduce(into: []) { recordings, line in
            if line.hasPrefix("    ") {
                recordings[recordings.count - 1].plays.append(String(line.dropFirst(4)))
            } else {
                recordings.append((String(line), []))
            }
        }
    }()

    @Test("Every recording gives the plays that are written down for it", arguments: expected.map(\.name))
    func plays(name: String) throws {
        let plays = try Self.replay(Self.lines(of: name))
        #expect(plays.map(Self.summary) == Self.expected.first { $0.name == name }?.plays)
    }

    @Test("No recording is without its expectation")
    func complete() throws {
        let files = try FileManager.default.subpathsOfDirectory(atPath: Self.folder.path)
        let names = files.filter { $0.hasSuffix(".jsonl") }.map { String($0.dropLast(6)) }
        #expect(Set(names) == Set(Self.expected.map(\.name)))
        #expect(names.count > 30)
    }

    @Test("Messages that come twice, as QoS 1 allows, change nothing", arguments: ["poll1/skip", "poll1/two_speakers"])
    func duplicates(name: String) throws {
        let lines = try Self.lines(of: name)
        let plays = try Self.replay(lines.flatMap { [$0, $0] })
        #expect(plays.map(Self.summary) == (try Self.replay(lines)).map(Self.summary))
    }

    @Test("The retained flag on every message makes of a recording nothing at all")
    func retained() throws {
        let lines = try Self.lines(of: "poll1/closed_loop").map { $0.replacing("\"retain\":0", with: "\"retain\":1") }
        #expect(try Self.replay(lines).isEmpty)
    }

    @Test("Attributes lost on the way never trap and never invent a track", arguments: 0..<20)
    func lostMessages(seed: Int) throws {
        let lines = try Self.lines(of: "poll1/skip")
        let kept = lines.enumerated().filter { ($0.offset &* 2_654_435_761 &+ seed &* 40_503) % 7 != 0 }.map(\.element)
        let titles = Set(["Long Way Home", "Right Angle", "Bite"])
        #expect(try Self.replay(kept).allSatisfy { $0.title.map(titles.contains) ?? true })
    }

    private static func lines(of name: String) throws -> [String] {
        let text = try String(contentsOf: folder.appending(path: "\(name).jsonl"), encoding: .utf8)
        return text.split(separator: "\n").map(String.init)
    }

    private static func replay(_ lines: [String]) throws -> [ReplayedPlay] {
        var replay = try TraceReplay(settings, aliases: [:])
        let plays = try lines.enumerated().flatMap { number, line in
            replay.receive(try MQTTMessage(traceLine: line.utf8, number: number + 1))
        }
        return plays + replay.finish()
    }

    private static func summary(_ play: ReplayedPlay) -> String {
        let speaker = play.speakerName.replacing("media_player.", with: "")
        return "\(speaker): \(play.title ?? "-"), \(play.outcome.rawValue), \(Int(play.playedS.rounded())) s"
    }
}

import Foundation
import Household
import Listening
import MQTTBridge
import MQTTClient
import Wire

/// What a bridge tells, message by message, and the plays that come of it.
struct Told {
    private static let start = Date(timeIntervalSince1970: 1_790_000_000)
    private var replay: TraceReplay
    private(set) var plays: [ReplayedPlay] = []

    init(
        _ dialect: SourceConfiguration.Dialect, base: String = "", rules: ListenRules = ListenRules(),
        aliases: [String: String] = [:]
    ) throws {
        let source = SourceConfiguration(dialect: dialect, baseTopic: base, rules: rules)
        let settings = BridgeSettings(
            sources: [source], speakerRules: [:], rules: rules, version: "test", redactedConfiguration: .null)
        replay = try TraceReplay(settings, aliases: aliases)
    }

    /// A second as Home Assistant writes it.
    static func stamp(_ seconds: Double) -> String { RFC3339.string(from: start.addingTimeInterval(seconds)) }

    /// Says something at a second.
    mutating func say(_ topic: String, _ payload: String, at seconds: Double, retained: Bool = false) {
        plays += replay.receive(
            MQTTMessage(
                topic: topic, payload: Array(payload.utf8), isRetained: retained,
                receivedAt: Self.start.addingTimeInterval(seconds)))
    }

    /// The plays in short, once nothing more comes: `speaker: artist – title [album] outcome seconds/duration`.
    mutating func end() -> [String] {
        plays += replay.finish()
        return plays.map { play in
            let name = "\(play.artist ?? "?") – \(play.title ?? "?")" + (play.album.map { " [\($0)]" } ?? "")
            let duration = play.durationS.map { "/\(Int($0.rounded()))" } ?? ""
            return "\(play.speakerName): \(name) \(play.outcome.rawValue) \(Int(play.playedS.rounded()))\(duration)"
        }
    }
}

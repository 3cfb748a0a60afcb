import Foundation
import HauntTestSupport
import Household
import Wire

/// Publishes a recording of a real Home Assistant at the speed of the recording.
struct TracePlayer {
    private struct Line {
        var after: TimeInterval
        var topic: String
        var payload: String
        var isRetained: Bool
    }

    private let lines: [Line]

    /// Reads a recording.
    ///
    /// - Parameters:
    ///   - path: Lines as `mosquitto_sub -F %j` prints them.
    ///   - speaker: The speaker whose messages are published.
    ///   - seconds: How much of the recording is published, in seconds.
    /// - Throws: When the file cannot be read.
    init(path: String, speaker: String, seconds: TimeInterval) throws {
        let text = try String(contentsOfFile: path, encoding: .utf8)
        let values = try text.split(separator: "\n").map { try WireJSON.decode($0.utf8) }
        let times = values.map { $0["tst"]?.text.flatMap(RFC3339.date(from:)) ?? .distantPast }
        lines = zip(values, times).compactMap { value, time in
            let after = time.timeIntervalSince(times.first ?? time)
            guard let topic = value["topic"]?.text, topic.contains("/media_player/\(speaker)/"), after <= seconds else {
                return nil
            }
            return Line(
                after: after, topic: topic, payload: value["payload"]?.text ?? "",
                isRetained: value["retain"]?.number == 1)
        }
    }

    /// Publishes the messages and returns after the last one.
    func play(to broker: BrokerConversation) async throws {
        let start = ContinuousClock.now
        for line in lines {
            try await Task.sleep(until: start + .seconds(line.after))
            try broker.say(line.payload, on: line.topic, retain: line.isRetained)
        }
    }
}

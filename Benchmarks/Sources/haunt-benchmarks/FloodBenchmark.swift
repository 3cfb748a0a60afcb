import Foundation
import Household
import Listening
import MQTTBridge
import MQTTClient
import Wire

/// Very many made-up players at once, which anybody on the broker can make up, beside as many messages of few real ones.
enum FloodBenchmark {
    private static let base = "homeassistant"
    /// Messages in a second of the made-up house.
    private static let rate = 10_000.0
    private static let names = 30_000

    static func run(in folder: URL) async throws {
        let few = try await House("flood-few", in: folder)
        let plain = try await Measurement("2 messages of 10 players, 30,000 times", times: 1) { _ in
            _ = try await hear(few) { $0 % 10 }
        }
        plain.report()
        let house = try await House("flood", in: folder)
        let before = residentMegabytes()
        var most = before
        try await Measurement("2 messages each of 30,000 made-up players", times: 1) { _ in
            most = try await hear(house) { $0 }
        }.report(against: plain)
        let speakers = try await house.household.answer(ListSpeakers.self, OperationInput(door: .http)).speakers
        precondition(!speakers.isEmpty, "Nothing was taken in")
        let grown = String(format: "%.1f", most - before)
        print("what they take in memory: \(grown) MB; the aim is at most 40 MB and 1,000 ms of the processor")
    }

    /// Hands messages of players to a house as the bridge does.
    ///
    /// - Returns: The most memory that this process had meanwhile, in MB.
    private static func hear(_ house: House, _ player: (Int) -> Int) async throws -> Double {
        let source = SourceConfiguration(dialect: .homeAssistantStatestream, baseTopic: base)
        var router = try SourceRouter(
            BridgeSettings(
                sources: [source], speakerRules: [:], rules: ListenRules(), version: "", redactedConfiguration: .null))
        var most = 0.0
        for number in 0..<names {
            let topic = "\(base)/media_player/made_up_\(player(number))"
            for (key, value) in [("state", "playing"), ("media_title", "\"Title \(number)\"")] {
                house.pass(1 / rate)
                let now = house.moment
                let message = MQTTMessage(
                    topic: "\(topic)/\(key)", payload: Array(value.utf8), receivedAt: now.date,
                    receivedUptimeS: now.uptimeS)
                await forward(router.receive(message, at: now), to: house.household)
            }
            // The bridge's timer, which fires between batches of messages.
            if number % 1_000 == 0 {
                await house.household.advance()
                most = max(most, residentMegabytes())
            }
        }
        while router.nextDeadline != nil {
            house.pass(1)
            await forward(router.advance(to: house.moment), to: house.household)
            await house.household.advance()
            most = max(most, residentMegabytes())
        }
        return most
    }

    private static func forward(_ news: [SourceNews], to household: Household) async {
        for item in news {
            switch item {
            case .update(let update, let rules): await household.observe([(update, rules)])
            case .interrupted(let source, let time): await household.interrupt(source: source, at: time)
            case .forgotten(let speaker, _): await household.forget(speaker: speaker)
            }
        }
    }
}

import Foundation
import HauntTestSupport
import Household
import MQTTClient
import Wire

/// The program of `make demo`: recorded traffic of a real Home Assistant goes in, playlists come out.
@main
struct Demo {
    private static let configuration = """
        speakers:
          - {name: media_player.kitchen, profile: ada}
          - {name: media_player.study, profile: bo}
          - {name: media_player.living_room}
        sources:
          - {dialect: home-assistant-statestream, base_topic: hass}
        # The recorded tracks are seconds long; real ones keep the defaults.
        listening: {min_track_s: 5, skip_under_s: 3, flap_s: 2}
        log: {level: info}
        """

    static func main() async {
        do {
            try await run(Story())
        } catch {
            try? FileHandle.standardError.write(contentsOf: Data("The demo cannot go on: \(error)\n".utf8))
            exit(1)
        }
    }

    private static func run(_ story: Story) async throws {
        let recordings = CommandLine.arguments.dropFirst().first ?? "Tests/MQTTBridgeTests/Traces"
        story.chapter("A house with two people")
        let broker = try MosquittoProcess()
        try await broker.start()
        story.step("A private mosquitto listens on \(broker.url)")
        let haunt = try HauntProcess(broker: broker.url, configuration: configuration, hasDemoCatalog: true)
        try await haunt.start()
        story.step("haunt serve is online, with a store in \(haunt.directory.url.path) and its small demo catalog")
        story.step("The kitchen speaker is Ada's, the study is Bo's, the living room is nobody's")
        try await DemoHistory.importAll(into: haunt, story)
        let house = try await BrokerConversation(broker.url, hearing: ["haunt/#"])
        try await listen(in: house, recordings: recordings, story)
        try await play(in: house, story)
        try await beGuest(in: house, story)
        await end(house, haunt, broker, story)
    }

    private static func listen(in house: BrokerConversation, recordings: String, _ story: Story) async throws {
        story.chapter("What the speakers play: a recording of a real Home Assistant, at its own pace (half a minute)")
        let kitchen = try TracePlayer(
            path: "\(recordings)/poll1/natural_finish_by_command.jsonl", speaker: "kitchen", seconds: 33)
        let study = try TracePlayer(path: "\(recordings)/poll1/closed_loop.jsonl", speaker: "study", seconds: 26)
        async let inKitchen: Void = kitchen.play(to: house)
        async let inStudy: Void = study.play(to: house)
        for _ in 0..<4 {
            let event = await house.next(on: "haunt/bridge/event") { $0["type"]?.text == "listen_recorded" }
            let listen = event["data"] ?? .null
            let name = "\(listen["artist"]?.text ?? "-") – \(listen["title"]?.text ?? "-")"
            let heard = Int(listen["played_s"]?.number ?? 0)
            story.step(
                "\(listen["speaker_name"]?.text ?? ""): \(name), \(heard) s heard, \(listen["outcome"]?.text ?? "")"
                    + " → \(listen["profile"]?.text ?? "nobody") (rule: \(listen["rule"]?.text ?? ""))")
        }
        _ = try await (inKitchen, inStudy)
        for name in ["ada", "bo"] {
            let profile = await latest("haunt/profile/\(name)", in: house)
            let count = Int(profile["stats"]?["event_count"]?.number ?? 0)
            let version = Int(profile["taste"]?["version"]?.number ?? 0)
            story.step(
                "haunt/profile/\(name): \(count) listens, taste version \(version), rebuilt from \(name)'s plays alone")
        }
    }

    private static func play(in house: BrokerConversation, _ story: Story) async throws {
        for (speaker, person) in [("kitchen", "Ada"), ("study", "Bo")] {
            story.chapter("“Play something” in the \(speaker)")
            story.step("mosquitto_pub -t haunt/speaker/\(speaker)/request -m play")
            try house.say("play", on: "haunt/speaker/\(speaker)/request")
            let command = await house.next(on: "haunt/speaker/\(speaker)/command")
            story.step("It is \(person)'s list, by the rule \(command["rule"]?.text ?? "")")
            story.show(command, on: "haunt/speaker/\(speaker)/command")
            if speaker == "kitchen" {
                story.step("The same as JSON, its first track:")
                story.showJSON(command)
            }
        }
    }

    private static func beGuest(in house: BrokerConversation, _ story: Story) async throws {
        story.chapter("A guest in the living room")
        let before = await tastes(in: house)
        story.step("mosquitto_pub -t haunt/speaker/living_room/request -m \"chill dinner party music\"")
        try house.say("chill dinner party music", on: "haunt/speaker/living_room/request")
        let command = await house.next(on: "haunt/speaker/living_room/command")
        story.step("Understood as: \(command["understood"]?.text ?? "-")")
        story.show(command, on: "haunt/speaker/living_room/command")
        let after = await tastes(in: house)
        // A play of the recording may have ended meanwhile. It counts as a listen of its profile, and a guest's list does not.
        let isUntouched = zip(before, after).allSatisfy { $0.listens != $1.listens || $0.version == $1.version }
        guard isUntouched else { throw DemoFailure(description: "The guest's list changed a taste") }
        let versions = after.map { "\($0.name) version \($0.version)" }.joined(separator: ", ")
        story.step("No taste was read and none has changed: \(versions)")
    }

    private static func end(
        _ house: BrokerConversation, _ haunt: HauntProcess, _ broker: MosquittoProcess, _ story: Story
    ) async {
        story.chapter("The end")
        await house.end()
        let status = await haunt.stop()
        story.step("haunt stopped with exit code \(status ?? -1)")
        await broker.stop()
        story.step("mosquitto stopped. Next: README.md, five minutes with your own broker")
    }

    /// The newest payload of a retained topic.
    private static func latest(_ topic: String, in house: BrokerConversation) async -> JSONValue {
        let heard = await house.backlog.last { $0.topic == topic }
        return heard.flatMap { try? WireJSON.decode($0.payload) } ?? .null
    }

    /// Each profile with the number of its listens and the version of its taste, as the daemon answers it.
    private static func tastes(in house: BrokerConversation) async -> [(name: String, listens: Int, version: Int)] {
        try? house.say("{}", on: "haunt/bridge/request/profile/list")
        let answer = await house.next(on: "haunt/bridge/response/profile/list")
        return (answer["data"]?["profiles"]?.items ?? []).map {
            (
                $0["name"]?.text ?? "", Int($0["stats"]?["event_count"]?.number ?? 0),
                Int($0["taste"]?["version"]?.number ?? 0)
            )
        }
    }
}

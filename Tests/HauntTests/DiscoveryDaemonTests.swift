import Foundation
import HauntTestSupport
import Household
import MQTTClient
import Testing
import Wire

@Suite("Home Assistant's discovery on a real broker", .timeLimit(.minutes(15)))
struct DiscoveryDaemonTests {
    private static let device = "homeassistant/device/haunt"

    /// A subscriber that is connected before the daemon starts, and messages that an earlier run left retained.
    private func house(
        keeping kept: [String: String] = [:], _ more: String = ""
    ) async throws -> (MosquittoProcess, BrokerConversation, HauntProcess) {
        let broker = try MosquittoProcess()
        try await broker.start()
        let house = try await BrokerConversation(broker.url, hearing: ["haunt/#", "homeassistant/#"])
        for (topic, payload) in kept {
            try house.say(payload, on: topic, retain: true)
            _ = await house.next { $0.topic == topic }
        }
        let haunt = try HauntProcess(broker: broker.url, configuration: RunningHouse.configuration + "\n" + more)
        try await haunt.start()
        return (broker, house, haunt)
    }

    private func end(_ run: (MosquittoProcess, BrokerConversation, HauntProcess)) async {
        await run.1.end()
        await run.2.stop()
        await run.0.stop()
    }

    @Test("Haunt, its profiles and its speakers are announced, each speaker with every profile")
    func announced() async throws {
        let run = try await house()
        let haunt = await run.1.next(on: "\(Self.device)/haunt/config")
        #expect(haunt["components"]?["health"]?["state_topic"] == "haunt/bridge/health")
        let anna = await run.1.next(on: "\(Self.device)/haunt_profile_anna/config")
        #expect(anna["device"]?["via_device"] == "haunt")
        let study = await run.1.next(on: "\(Self.device)/haunt_speaker_study/config")
        #expect(study["components"]?["profile"]?["options"] == ["nobody", "shared", "anna", "ben", "default"])
        await end(run)
    }

    @Test(
        "A new profile is offered by every speaker, a renamed one is updated, a removed one is withdrawn"
    )
    func profiles() async throws {
        let run = try await house()
        _ = await run.1.next(on: "\(Self.device)/haunt_speaker_study/config")
        try run.1.say(#"{"name":"zoe","display_name":"Zoë"}"#, on: "haunt/bridge/request/profile/add")
        let zoe = await run.1.next(on: "\(Self.device)/haunt_profile_zoe/config")
        #expect(zoe["device"]?["name"] == "Haunt Zoë")
        let offers = { @Sendable (json: JSONValue) in
            json["components"]?["profile"]?["options"]?.items.contains("zoe") == true
        }
        _ = await run.1.next(on: "\(Self.device)/haunt_speaker_study/config") { offers($0) }
        try run.1.say(#"{"name":"zoe","display_name":"Zo"}"#, on: "haunt/bridge/request/profile/update")
        _ = await run.1.next(on: "\(Self.device)/haunt_profile_zoe/config") { $0["device"]?["name"] == "Haunt Zo" }
        try run.1.say(#"{"name":"zoe"}"#, on: "haunt/bridge/request/profile/remove")
        for topic in ["\(Self.device)/haunt_profile_zoe/config", "haunt/profile/zoe"] {
            _ = await run.1.next { $0.topic == topic && $0.payload.isEmpty }
        }
        _ = await run.1.next(on: "\(Self.device)/haunt_speaker_study/config") { !offers($0) }
        await end(run)
    }

    @Test("A speaker's state is published again after its options have a new profile")
    func saidAgain() async throws {
        let run = try await house()
        _ = await run.1.next(on: "\(Self.device)/haunt_speaker_study/config")
        try run.1.say(#"{"name":"zoe"}"#, on: "haunt/bridge/request/profile/add")
        try run.1.say("zoe", on: "haunt/speaker/study/profile/set")
        let state = "haunt/speaker/study/state"
        _ = await run.1.next(on: state) { $0["mapping"] == "zoe" }
        _ = await run.1.next(on: "\(Self.device)/haunt_speaker_study/config") {
            $0["components"]?["profile"]?["options"]?.items.contains("zoe") == true
        }
        _ = await run.1.next(on: state) { $0["mapping"] == "zoe" }
        await end(run)
    }

    @Test("Outdated retained messages of an earlier run are cleared, and foreign ones are not")
    func leftovers() async throws {
        let ours = [
            "\(Self.device)/haunt_profile_ghost/config",
            "homeassistant/sensor/haunt/haunt_profile_ghost_listens/config",
            "haunt/profile/ghost", "haunt/speaker/ghost/state",
        ]
        let others = ["homeassistant/device/zigbee/lamp/config", "homeassistant/sensor/haunting/x/config"]
        let run = try await house(keeping: Dictionary(uniqueKeysWithValues: (ours + others).map { ($0, "{}") }))
        for topic in ours { _ = await run.1.next { $0.topic == topic && $0.payload.isEmpty } }
        _ = await run.1.next(on: "\(Self.device)/haunt_speaker_study/config")
        let backlog = await run.1.backlog
        #expect(!backlog.contains { others.contains($0.topic) })
        await end(run)
    }

    @Test("Discovery that is switched off withdraws what an earlier run announced, and announces nothing")
    func off() async throws {
        let topic = "\(Self.device)/haunt/config"
        let run = try await house(
            keeping: [topic: #"{"device":{"identifiers":["haunt"]}}"#], "home_assistant: {discovery: false}")
        _ = await run.1.next { $0.topic == topic && $0.payload.isEmpty }
        let backlog = await run.1.backlog
        #expect(!backlog.contains { $0.topic.hasPrefix("homeassistant/") && !$0.payload.isEmpty })
        await end(run)
    }

    @Test("Length and mode of a speaker's playlists are set on its topics, shown, and survive a restart")
    func listSettings() async throws {
        let run = try await RunningHouse(hasDemoCatalog: true)
        try run.house.say("3", on: "haunt/speaker/study/total_tracks/set")
        try run.house.say("discovery", on: "haunt/speaker/study/mode/set")
        _ = await run.house.next(on: "haunt/speaker/study/state") {
            $0["total_tracks"]?.number == 3 && $0["mode"]?.text == "discovery"
        }
        for (bad, field) in [("0", "total_tracks"), ("many", "total_tracks")] {
            try run.house.say(bad, on: "haunt/speaker/study/total_tracks/set")
            let reply = await run.house.next(on: "haunt/bridge/response/speaker/settings") { $0["status"] == "error" }
            #expect(reply["error"]?["field"]?.text == field)
        }
        await run.haunt.kill()
        try await run.haunt.start()
        try run.house.say("play", on: "haunt/speaker/study/request")
        let reply = await run.house.next(on: "haunt/bridge/response/playlist/generate")
        #expect(reply["data"]?["mode"] == "discovery")
        try run.house.say("{}", on: "haunt/bridge/request/speaker/list")
        let speakers = await run.house.next(on: "haunt/bridge/response/speaker/list")
        let study = speakers["data"]?["speakers"]?.items.first { $0["topic"]?.text == "study" }
        #expect(study?["total_tracks"]?.number == 3)
        #expect(study?["mapping"] == "anna")
        await run.end()
    }

    @Test("health/check is answered with the health")
    func check() async throws {
        let run = try await RunningHouse()
        let reply = try await run.ask("health/check", #"{"transaction":"t"}"#)
        #expect(reply["status"] == "ok")
        #expect(reply["transaction"] == "t")
        #expect(reply["data"]?["store"]?["ok"] == true)
        #expect(reply["data"]?["catalog"]?["tracks"] != nil)
        await run.end()
    }
}

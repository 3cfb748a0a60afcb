import Foundation
import HauntTestSupport
import MQTTClient
import Taste
import Testing
import Wire

@Suite("Evidence of who is listening on a real broker", .timeLimit(.minutes(15)))
struct EvidenceDaemonTests {
    /// A living room that Anna and Ben share, and a source of each kind. Rooms of the tests have names that nothing else has.
    private static let configuration = """
        speakers:
          - {name: media_player.living_room, shared: [anna, ben], area: Living room}
        sources:
          - {dialect: home-assistant-statestream, base_topic: hass}
          - {dialect: home-assistant-json, base_topic: ha/players}
        listening: {min_track_s: 1, complete_after_s: 0.01, min_heard_s: 0, skip_under_s: 0, flap_s: 0.2, settle_ms: 20}
        evidence:
          - {kind: home-assistant, base_topic: hass, people: {anna: person.anna, ben: person.ben},
             rooms: {anna: sensor.anna_area, ben: sensor.ben_area}}
          - {kind: espresense, base_topic: espresense, devices: {anna: "phone:anna", ben: "phone:ben"}, max_distance_m: 4}
          - {kind: message, topic: murdock/event/recognition, person: /speaker, confidence: /confidence,
             place: /satellite_id, people: {Anna: anna, Ben: ben}, places: {assist_satellite.sofa: media_player.living_room}}
        log: {level: debug}
        """
    private static let speaker = "living_room"

    private func listen(_ title: String, in house: BrokerConversation) async -> JSONValue {
        let event = await house.next(on: "haunt/bridge/event") { event in
            event["type"]?.text?.hasPrefix("listen_") == true && event["data"]?["title"]?.text == title
                && event["type"]?.text != "listen_attributed"
        }
        return event["data"] ?? .null
    }

    /// Plays a track until the next one begins, and gives its listen.
    private func play(_ title: String, in run: RunningHouse) async throws -> JSONValue {
        try run.play(title, by: "Unheard", on: Self.speaker)
        await run.hears(title, on: Self.speaker)
        try run.play("After \(title)", by: "Unheard", on: Self.speaker)
        return await listen(title, in: run.house)
    }

    @Test("Home Assistant's people: what the broker kept from before the daemon came counts, and who leaves ends it")
    func people() async throws {
        let broker = try MosquittoProcess()
        try await broker.start()
        let house = try await BrokerConversation(broker.url, hearing: ["haunt/#"])
        for (name, state) in [("anna", "home"), ("ben", "not_home")] {
            try house.say(state, on: "hass/person/\(name)/state", retain: true)
        }
        let haunt = try HauntProcess(broker: broker.url, configuration: Self.configuration)
        try await haunt.start()
        let topic = "haunt/speaker/living_room/listener"
        try RunningHouse.play("One", by: "Unheard", on: Self.speaker, saying: house)
        _ = await house.next(on: "haunt/speaker/living_room/state") { $0["now_playing"]?["title"]?.text == "One" }
        try RunningHouse.play("Two", by: "Unheard", on: Self.speaker, saying: house)
        let first = await listen("One", in: house)
        #expect(first["profile"]?.text == "anna" && first["rule"]?.text == "presence")
        let view = await house.next(on: topic) { $0["profile"]?.text == "anna" }
        #expect(view["evidence"]?.items.contains { $0["kind"]?.text == "presence" } == true)
        #expect(view["reasons"] == nil)
        try house.say("home", on: "hass/person/ben/state", retain: true)
        try house.say("not_home", on: "hass/person/anna/state", retain: true)
        let after = await house.next(on: topic) { $0["profile"]?.text == "ben" }
        #expect(after["verdict"]?.text == "assigned")
        try house.say("not_home", on: "hass/person/ben/state", retain: true)
        _ = await house.next(on: topic) { $0["profile"] == .null }
        try RunningHouse.play("Three", by: "Unheard", on: Self.speaker, saying: house)
        _ = await house.next(on: "haunt/bridge/event") { $0["type"]?.text == "everybody_away" }
        await house.end()
        await haunt.stop()
        await broker.stop()
    }

    @Test("Home Assistant's users: who pressed play, by the id that their person has")
    func users() async throws {
        let run = try await RunningHouse(Self.configuration)
        try run.house.say(#""b0b""#, on: "hass/person/ben/user_id", retain: true)
        func say(_ title: String, by user: String?) throws {
            let id = user.map { "\"\($0)\"" } ?? "null"
            try run.house.say(
                #"{"entity_id":"media_player.living_room","state":"playing","user_id":\#(id),"attributes":"#
                    + #"{"media_content_type":"music","media_duration":200,"media_title":"\#(title)","#
                    + #""media_artist":"Unheard"}}"#, on: "ha/players/living_room")
        }
        try say("One", by: "b0b")
        await run.hears("One", on: Self.speaker)
        try say("Two", by: nil)
        let first = await listen("One", in: run.house)
        #expect(first["profile"]?.text == "ben" && first["rule"]?.text == "user")
        await run.hears("Two", on: Self.speaker)
        try say("Three", by: nil)
        #expect(await listen("Two", in: run.house)["profile"]?.text == "ben")
        await run.end()
    }

    @Test("ESPresense: the nearest room among many messages")
    func espresense() async throws {
        let run = try await RunningHouse(Self.configuration)
        for number in 0..<300 {
            let metres = 1 + Double(number % 10) / 10
            for (id, near, far) in [("phone:anna", "living-room", "cellar"), ("phone:ben", "cellar", "living-room")] {
                for (room, distance) in [(near, metres), (far, metres + 5)] {
                    let json = #"{"id":"\#(id)","rssi":-70,"distance":\#(distance),"int":200}"#
                    try run.house.say(json, on: "espresense/devices/\(id)/\(room)")
                }
            }
        }
        let heard = try await play("One", in: run)
        #expect(heard["profile"]?.text == "anna" && heard["rule"]?.text == "presence")
        await run.end()
    }

    @Test("Murdock: a voice that is recognised while a track plays")
    func voice() async throws {
        let run = try await RunningHouse(Self.configuration)
        try run.play("One", by: "Unheard", on: Self.speaker)
        await run.hears("One", on: Self.speaker)
        try run.house.say(
            #"{"speaker":"Ben","confidence":0.99,"satellite_id":"assist_satellite.sofa","is_known":true,"#
                + #""timestamp":"2026-11-22T12:00:00Z"}"#, on: "murdock/event/recognition")
        try run.play("Two", by: "Unheard", on: Self.speaker)
        let heard = await listen("One", in: run.house)
        #expect(heard["profile"]?.text == "ben" && heard["rule"]?.text == "voice")
        await run.end()
    }

    @Test(
        "Wherever people are, no place is in the store, on a topic or in the log",
        arguments: RandomSeeds.first(1, of: 4))
    func places(seed: UInt64) async throws {
        let run = try await RunningHouse(Self.configuration)
        var random = SeededGenerator(seed: seed)
        for number in 0..<40 {
            try sayAnything(number, in: run.house, &random)
            guard number % 8 == 7 else { continue }
            _ = try await play("Track \(number)", in: run)
            for file in ["haunt.db", "haunt.db-wal"] { #expect(!Self.hasPlace(run.haunt.directory.path(file))) }
        }
        try run.house.say("", on: "haunt/bridge/request/health/check")
        _ = await run.house.next(on: "haunt/bridge/response/health/check")
        await run.haunt.stop()
        let told = await run.house.backlog.filter { Self.hasPlace($0.payload) || Self.hasPlace(Array($0.topic.utf8)) }
        #expect(told.map(\.topic).isEmpty)
        #expect(!Self.hasPlace(run.haunt.directory.path("haunt.db")))
        #expect(await run.haunt.logLine(containing: "uokka") == nil)
        await run.house.end()
        await run.broker.stop()
    }

    /// A message of any source that names a place, sometimes the speaker's own room.
    private func sayAnything(_ number: Int, in house: BrokerConversation, _ random: inout SeededGenerator) throws {
        let person = Bool.random(using: &random) ? "anna" : "ben"
        let place = Int.random(in: 0..<4, using: &random) == 0 ? "Living room" : "Quokka \(number)"
        let isKept = Bool.random(using: &random)
        switch Int.random(in: 0..<5, using: &random) {
        case 0: try house.say(place, on: "hass/person/\(person)/state", retain: isKept)
        case 1: try house.say(place, on: "hass/sensor/\(person)_area/state", retain: isKept)
        case 2: try house.say(#"{"distance":1.\#(number)}"#, on: "espresense/devices/phone:\(person)/\(place)")
        case 3: try house.say(place, on: "espresense/companion/phone:\(person)", retain: isKept)
        default:
            try house.say(
                #"{"speaker":"\#(person.capitalized)","confidence":0.9,"satellite_id":"\#(place)"}"#,
                on: "murdock/event/recognition")
        }
    }

    private static func hasPlace(_ file: String) -> Bool {
        hasPlace(Array((try? Data(contentsOf: URL(filePath: file))) ?? Data()))
    }

    private static func hasPlace(_ bytes: [UInt8]) -> Bool {
        // Without the first letter, whose case a reader may have folded.
        bytes.firstRange(of: Array("uokka".utf8)) != nil
    }
}

import Wire
import Foundation
import Household
import Testing

@testable import MQTTBridge

@Suite("Home Assistant's discovery")
struct DiscoveryTests {
    private static let topics = BridgeTopics(base: "haunt")
    private static let now = 1_000.0
    private let devices = HauntDevices(topics: topics)

    private var all: [DiscoveryDevice] {
        [
            devices.bridge, devices.profile("anna", displayName: "Anna"),
            devices.speaker("study", profiles: ["anna", "default"]),
        ]
    }

    private func messages(_ form: DiscoverySettings.Form) -> [String: JSONValue] {
        let settings = DiscoverySettings(form: form, version: "1")
        return all.reduce(into: [:]) { $0.merge($1.messages(settings, Self.topics)) { $1 } }
    }

    @Test("A device is one message below Haunt's node, or one message for each entity")
    func forms() {
        let device = messages(.device)
        #expect(
            device.keys.sorted() == [
                "homeassistant/device/haunt/haunt/config", "homeassistant/device/haunt/haunt_profile_anna/config",
                "homeassistant/device/haunt/haunt_speaker_study/config",
            ])
        let single = messages(.single)
        #expect(single.count == all.map(\.entities.count).reduce(0, +))
        #expect(single["homeassistant/select/haunt/haunt_speaker_study_profile/config"]?["platform"] == nil)
        #expect(messages(.none).isEmpty)
    }

    @Test("Both forms describe every entity alike")
    func sameEntities() throws {
        let single = messages(.single)
        for (topic, message) in messages(.device) {
            guard case .object(let components) = message["components"] else { return }
            let id = topic.split(separator: "/")[3]
            for (name, component) in components {
                guard case .object(var fields) = component else { return }
                let platform = try #require(fields.removeValue(forKey: "platform")?.mediaText)
                let own = try #require(single["homeassistant/\(platform)/haunt/\(id)_\(name)/config"])
                for (key, value) in fields { #expect(own[key] == value, "\(name).\(key)") }
                for key in ["availability", "device", "origin"] { #expect(own[key] == message[key]) }
            }
        }
    }

    @Test("Every entity has a unique id, and its entity id for old and new Home Assistant")
    func ids() throws {
        let single = messages(.single)
        #expect(Set(single.values.compactMap { $0["unique_id"]?.mediaText }).count == single.count)
        for (topic, message) in single {
            let object = try #require(message["object_id"]?.mediaText)
            let platform = topic.split(separator: "/")[1]
            #expect(message["default_entity_id"] == .string("\(platform).\(object)"))
            #expect(object.allSatisfy { $0.isLowercase || $0.isNumber || $0 == "_" })
        }
        let odd = devices.speaker("Büro-2", profiles: []).messages(.init(form: .single, version: "1"), Self.topics)
        #expect(odd.values.contains { $0["object_id"] == "haunt_b_ro_2_profile" })
    }

    @Test("A select offers nobody and every profile, no entity is optimistic, and devices belong to Haunt")
    func contents() {
        let single = messages(.single)
        let select = single["homeassistant/select/haunt/haunt_speaker_study_profile/config"]
        #expect(select?["options"] == ["nobody", "shared", "anna", "default"])
        #expect(select?["command_topic"] == "haunt/speaker/study/profile/set")
        #expect(select?["device"]?["via_device"] == "haunt")
        #expect(single.values.allSatisfy { $0["optimistic"] == nil && $0["retain"] == nil })
        for message in single.values where message["command_topic"] != nil && message["payload_press"] == nil {
            #expect(message["state_topic"] != nil)
        }
    }

    @Test("A shared speaker shows who is listening and why, and a select corrects it; another one has neither")
    func listener() {
        let shared = devices.speaker("study", profiles: ["anna", "ben"], sharedBy: ["anna", "ben"])
        let messages = shared.messages(DiscoverySettings(form: .single, version: "1"), Self.topics)
        let sensor = messages["homeassistant/sensor/haunt/haunt_speaker_study_listener/config"]
        #expect(sensor?["state_topic"] == "haunt/speaker/study/listener")
        #expect(sensor?["json_attributes_topic"] == "haunt/speaker/study/listener")
        let select = messages["homeassistant/select/haunt/haunt_speaker_study_listener_set/config"]
        #expect(select?["options"] == ["anna", "ben", "nobody", "guest", "auto"])
        #expect(select?["command_topic"] == "haunt/speaker/study/listener/set")
        #expect(!devices.speaker("study", profiles: ["anna"]).entities.contains { $0.id.hasPrefix("listener") })
    }

    @Test("A base topic of several levels becomes one level in discovery topics, unique for each Haunt")
    func node() {
        let topics = BridgeTopics(base: "home/haunt 2")
        let messages = HauntDevices(topics: topics).bridge.messages(.init(version: "1"), topics)
        #expect(Array(messages.keys) == ["homeassistant/device/home_haunt_2/home_haunt_2/config"])
    }

    // When announcements are sent

    private func take(_ schedule: inout DiscoverySchedule, after seconds: Double) -> [String] {
        schedule.takeDue(at: Self.now + seconds).map { "\($0.topic)=\(String(decoding: $0.payload, as: UTF8.self))" }
    }

    private func set(
        _ schedule: inout DiscoverySchedule, _ topic: String, _ text: String?, rank: Int = 1, after: Double
    ) {
        schedule.set(text.map { Array($0.utf8) }, on: topic, rank: rank, at: Self.now + after)
    }

    @Test("Changes are collected, and Haunt's own device is sent before the others")
    func gathered() {
        var schedule = DiscoverySchedule()
        set(&schedule, "b", "1", after: 0)
        set(&schedule, "a", "1", rank: 0, after: 0)
        set(&schedule, "b", "2", after: 0.5)
        #expect(take(&schedule, after: 0.9) == [])
        #expect(take(&schedule, after: 1) == ["a=1"])
        #expect(take(&schedule, after: 2) == [])
        #expect(take(&schedule, after: 2.5) == ["b=2"])
        #expect(schedule.nextDeadline == nil)
    }

    @Test("Two messages on one topic are at least five seconds apart")
    func paused() {
        var schedule = DiscoverySchedule()
        set(&schedule, "a", "1", after: 0)
        #expect(take(&schedule, after: 2) == ["a=1"])
        set(&schedule, "a", "2", after: 2.1)
        #expect(schedule.nextDeadline == Self.now + 7)
        set(&schedule, "a", "3", after: 4)
        #expect(take(&schedule, after: 7) == ["a=3"])
    }

    @Test("An equal announcement is not sent again, and a withdrawn one is cleared at once")
    func withdrawn() {
        var schedule = DiscoverySchedule()
        set(&schedule, "a", "1", after: 0)
        _ = take(&schedule, after: 2)
        set(&schedule, "a", "1", after: 8)
        #expect(schedule.nextDeadline == nil)
        set(&schedule, "a", nil, after: 9)
        #expect(take(&schedule, after: 9) == ["a="])
        schedule.repeatAll(after: 0, at: Self.now + 20)
        #expect(take(&schedule, after: 30) == [])
    }

    @Test("A retained announcement is kept if equal, replaced if different, cleared if withdrawn")
    func kept() {
        var schedule = DiscoverySchedule()
        for topic in ["right", "wrong"] { set(&schedule, topic, "1", after: 0) }
        schedule.reconcile(retained: Array("1".utf8), on: "right", at: Self.now + 0.1)
        schedule.reconcile(retained: Array("0".utf8), on: "wrong", at: Self.now + 0.1)
        schedule.reconcile(retained: Array("1".utf8), on: "gone", at: Self.now + 0.1)
        schedule.reconcile(retained: [], on: "cleared", at: Self.now + 0.1)
        #expect(take(&schedule, after: 0.1) == ["gone="])
        #expect(take(&schedule, after: 5) == ["wrong=1"])
    }

    @Test("After Home Assistant's birth message everything is sent again, with its pauses")
    func birth() {
        var schedule = DiscoverySchedule()
        set(&schedule, "a", "1", rank: 0, after: 0)
        set(&schedule, "b", "1", after: 0)
        _ = take(&schedule, after: 3)
        schedule.repeatAll(after: DiscoverySchedule.birthPauseS, at: Self.now + 4)
        #expect(take(&schedule, after: 13.9) == [])
        #expect(take(&schedule, after: 14) == ["a=1"])
        #expect(take(&schedule, after: 15) == ["b=1"])
    }
}

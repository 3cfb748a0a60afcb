import HauntTestSupport
import Household
import MQTTBridge
import Testing

@testable import haunt

struct EvidenceConfigurationTests {
    @Test("Each kind of evidence is read, and rooms of speakers")
    func reads() throws {
        let loaded = try ConfigurationFile(
            """
            speakers:
              - {name: media_player.living_room, shared: [anna, ben], area: Living room}
            evidence:
              - {kind: home-assistant, base_topic: homeassistant, people: {anna: person.anna}, rooms: {anna: sensor.anna_phone_area}, users: {anna: 571b}}
              - {kind: espresense, base_topic: espresense, devices: {anna: "phone:anna"}, max_distance_m: 4}
              - {kind: message, topic: murdock/event/recognition, person: /speaker, confidence: /confidence, place: /satellite_id,
                 people: {Anna: anna}, places: {assist_satellite.kitchen: media_player.kitchen}}
            """
        ).load()
        #expect(loaded.problems.isEmpty)
        #expect(loaded.configuration.household.areas == ["media_player.living_room": "Living room"])
        let evidence = loaded.configuration.bridge().evidence
        #expect(evidence.count == 3)
        #expect(
            evidence.first
                == .homeAssistant(
                    base: "homeassistant", people: ["anna": "person.anna"],
                    rooms: ["anna": "sensor.anna_phone_area"], users: ["anna": "571b"]))
        try loaded.configuration.checkParts()
    }

    @Test(
        "A mistake is a problem that names its key",
        arguments: [
            ("{kind: home-assistant, people: {anna: anna}}", "people"), ("{kind: home-assistant}", "people"),
            ("{kind: espresense, devices: {anna: x}, people: {anna: person.anna}}", "people"),
            ("{kind: espresense, devices: {anna: x}, max_distance_m: 0}", "max_distance_m"),
            ("{kind: espresense, devices: {anna: phone/+}}", "devices"),
            ("{kind: message, topic: a, person: speaker, place: /p}", "person"),
            ("{kind: message, topic: a, person: /speaker}", "place"),
            ("{kind: home-assistant, people: {No Name: person.anna}}", "people"),
        ])
    func refuses(text: String, key: String) throws {
        let problems = try ConfigurationFile("evidence:\n  - \(text)").problems()
        #expect(problems.count == 1)
        #expect(problems.first?.contains("evidence[0].\(key)") == true, "\(problems)")
    }
}

import HauntTestSupport
import Listening
import MQTTBridge
import MQTTClient
import Testing

@testable import haunt

@Suite("Dialects in the configuration")
struct DialectConfigurationTests {
    @Test(
        "A mistake in a dialect names its line and key",
        arguments: [
            ("sources: [{dialect: sonos2mqtt}]", "1:11: sources[0].base_topic: is missing"),
            (
                "sources:\n  - dialect: sonos2mqtt\n    base_topic: sonos\n    topic: x",
                "4:5: sources[0].topic: there is no such key"
            ),
            ("sources:\n  - dialect: generic\n    speaker: x", "2:5: sources[0].fields: is missing"),
            (
                "sources:\n  - dialect: generic\n    speaker: x\n    base_topic: y\n    fields: {}",
                "4:5: sources[0].base_topic: there is no such key"
            ),
            (
                "sources: [{dialect: generic, topic: a, speaker: x, fields: {title: {}}}]",
                "sources[0].fields: state is missing"
            ),
            (
                "sources: [{dialect: generic, speaker: x, fields: {state: {}, title: {topic: a}}}]",
                "sources[0].fields: state has no topic"
            ),
            (
                "sources: [{dialect: generic, topic: \"a/#\", speaker: x, fields: {state: {}, title: {}}}]",
                "sources[0].topic: \"a/#\" has a \"#\""
            ),
            (
                "sources: [{dialect: generic, topic: a/+, speaker: x, fields: {state: {}, title: {}}}]",
                "sources[0].speaker: must say where {1} goes"
            ),
            (
                "sources: [{dialect: generic, topic: a, speaker: \"{speaker}\", fields: {state: {}, title: {}}}]",
                "sources[0].speaker: {speaker} in the name"
            ),
            (
                "sources: [{dialect: generic, topic: a, speaker: x, fields: {state: {}, title: {topic: b/+}}}]",
                "sources[0].fields: every topic must have as many +"
            ),
            (
                "sources:\n- dialect: generic\n  topic: a\n  speaker: x\n  fields:\n    state: {}\n    title: {pointer: title}",
                "7:22: sources[0].fields.title.pointer: \"title\" is no JSON pointer"
            ),
            (
                "sources: [{dialect: generic, topic: a, speaker: x, fields: {state: {}, title: {part: 3}}}]",
                "sources[0].fields.title.part: is 3, and there are 2 parts"
            ),
            (
                "sources: [{dialect: generic, topic: a, speaker: x, fields: {state: {values: [1]}, title: {}}}]",
                "sources[0].fields.state.values: must be a section of words"
            ),
            (
                "sources: [{dialect: generic, topic: a, speaker: x, fields: {state: {}, title: {}, duration: {unit: hours}}}]",
                "sources[0].fields.duration.unit: must be one of"
            ),
            (
                "sources: [{dialect: generic, topic: a, speaker: x, fields: {state: {}, titel: {}}}]",
                "sources[0].fields.titel: there is no such key; did you mean title?"
            ),
            ("speakers: [{name: a, command: {dialect: sonos}}]", "speakers[0].command.dialect: must be one of"),
            ("speakers: [{name: a, command: {dialect: sonos2mqtt}}]", "speakers[0].command.topic: is missing"),
            (
                "speakers: [{name: a, command: {topic: x}}]",
                "speakers[0].command.topic: is of no use with the dialect haunt"
            ),
            ("speakers: [{name: a, command: {dialect: template}}]", "speakers[0].command.messages: is missing"),
            (
                "speakers:\n- name: a\n  command:\n    dialect: template\n    messages:\n    - {topic: t, payload: \"{{ ury }}\", for_each_track: true}",
                "6:27: speakers[0].command.messages[0].payload: there is no value \"ury\" here; did you mean uri?"
            ),
            (
                "home_assistant: {discovery: maybe}",
                "1:29: home_assistant.discovery: must be true, false or single, and is \"maybe\""
            ),
        ])
    func mistakes(yaml: String, problem: String) throws {
        let problems = try ConfigurationFile(yaml).problems()
        #expect(problems.contains { $0.contains(problem) }, "\(problems)")
    }

    @Test("A generic source has topics, pointers, state words, units and parts")
    func generic() throws {
        let file = try ConfigurationFile(
            """
            sources:
              - dialect: generic
                topic: players/+/state
                speaker: home/{1}
                partial: true
                available: {topic: players/status, values: {0: offline}}
                fields:
                  state: {pointer: /state, values: {1: playing, true: paused}}
                  title: {pointer: "/line", split: " - ", part: 2}
                  duration: {topic: players/+/length, unit: "h:mm:ss"}
                listening: {settle_ms: 500}
            """)
        #expect(file.load().problems.isEmpty)
        let source = try #require(file.load().configuration.bridge().sources.first)
        guard case .generic(let mapping) = source.dialect else { return #expect(Bool(false)) }
        #expect(mapping.speaker == "home/{1}")
        #expect(mapping.isPartial)
        #expect(mapping.availability?.values == ["0": "offline"])
        #expect(mapping.fields[.state]?.values == ["1": "playing", "true": "paused"])
        #expect(mapping.fields[.state]?.pointer == JSONPointer("/state"))
        #expect(mapping.fields[.title]?.separator == " - ")
        #expect(mapping.fields[.duration]?.topic == (try TopicFilter("players/+/length")))
        #expect(mapping.fields[.duration]?.unit == .clock)
        #expect(source.rules?.settleMs == 500)
    }

    @Test("Each command dialect is read as it is written")
    func commands() throws {
        let file = try ConfigurationFile(
            """
            speakers:
              - {name: a, command: {dialect: music-assistant, entity: media_player.b}}
              - {name: c, command: {dialect: sonos2mqtt, topic: sonos/set/study}}
              - {name: d, command: {dialect: mopidy}}
              - name: e
                command:
                  dialect: template
                  messages: [{topic: "p/{{ id }}", payload: "{{ uri }}", for_each_track: true}]
              - {name: f}
            """)
        #expect(file.load().problems.isEmpty)
        let commands = file.load().configuration.bridge().commands
        #expect(commands["a"] == .musicAssistant(entity: "media_player.b"))
        #expect(commands["c"] == .sonos2mqtt(topic: "sonos/set/study"))
        #expect(commands["d"] == .mopidy(topic: "mopidy/cmnd"))
        #expect(
            commands["e"]
                == .template([try CommandTemplate(topic: "p/{{ id }}", payload: "{{ uri }}", forEachTrack: true)]))
        #expect(commands["f"] == .haunt)
    }

    @Test(
        "Discovery is a device, single or none",
        arguments: [
            ("true", DiscoverySettings.Form.device), ("false", .none), ("single", .single),
        ])
    func discovery(text: String, form: DiscoverySettings.Form) throws {
        let file = try ConfigurationFile(
            "home_assistant: {discovery: \(text), discovery_prefix: ha, status_topic: ha/birth}")
        #expect(file.load().problems.isEmpty)
        let discovery = file.load().configuration.discovery
        #expect(discovery.form == form)
        #expect(discovery.prefix == "ha")
        #expect(discovery.statusTopic == "ha/birth")
    }
}

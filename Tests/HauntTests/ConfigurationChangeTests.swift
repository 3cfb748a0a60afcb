import HauntTestSupport
import Household
import Testing
import Wire

@testable import haunt

struct ConfigurationChangeTests {
    private func configuration(_ yaml: String) throws -> HauntConfiguration {
        try ConfigurationFile(yaml).load().configuration
    }

    @Test("An unchanged configuration changes nothing")
    func findsNothing() throws {
        let change = ConfigurationChange(from: HauntConfiguration(), to: HauntConfiguration())
        #expect(change.applied.isEmpty && change.needsRestart.isEmpty)
        #expect(change.configuration == HauntConfiguration())
    }

    @Test("Speakers, rules and levels change on reload; broker and store need a restart")
    func tellsApart() throws {
        let old = try configuration("speakers: [{name: a}, {name: b}]")
        let new = try configuration(
            """
            mqtt: {client_id: other, tls: {}}
            store: {path: /elsewhere.db}
            speakers: [{name: a, profile: ann}]
            log: {level: debug, format: json}
            playlists: {no_repeat_s: 0}
            """)
        let change = ConfigurationChange(from: old, to: new)
        #expect(
            change.applied == [
                "log.level", "playlists.no_repeat_s", "speakers[0].profile", "speakers[1].area",
                "speakers[1].command.dialect",
                "speakers[1].kids", "speakers[1].library", "speakers[1].listening", "speakers[1].name",
                "speakers[1].profile",
            ])
        #expect(change.needsRestart == ["log.format", "mqtt.client_id", "store.path"])
        #expect(change.configuration.speakers == new.speakers)
        #expect(change.configuration.mqtt == old.mqtt)
        #expect(change.configuration.json["log"]?["level"] == .string("debug"))
    }

    @Test("Rules of a source change on reload as long as the sources are the same")
    func appliesSourceRules() throws {
        let old = try configuration("listening: {flap_s: 5}")
        let rules = ConfigurationChange(from: old, to: try configuration("listening: {flap_s: 6}"))
        #expect(rules.applied == ["listening.flap_s", "sources[0].listening.flap_s"])
        #expect(rules.needsRestart.isEmpty)
        let sources = ConfigurationChange(from: old, to: try configuration("sources: []"))
        #expect(sources.applied.isEmpty)
        #expect(sources.needsRestart.contains("sources[0].base_topic"))
    }

    @Test("Evidence needs a restart; who shares a speaker changes on reload")
    func evidence() throws {
        let old = try configuration("speakers: [{name: a, shared: [anna, ben]}]")
        let new = try configuration(
            """
            speakers: [{name: a, shared: [anna, carl]}]
            evidence: [{kind: home-assistant, people: {anna: person.anna}}]
            """)
        let change = ConfigurationChange(from: old, to: new)
        #expect(change.applied == ["speakers[0].shared[1]"])
        #expect(!change.needsRestart.isEmpty && change.needsRestart.allSatisfy { $0.hasPrefix("evidence") })
        #expect(change.configuration.evidence == old.evidence)
    }

    @Test("Secrets are redacted in the published configuration")
    func redacts() throws {
        let file = try ConfigurationFile("mqtt: {user: ann, password_file: password, client_id: attic}")
        try file.directory.write("secret", to: "password")
        let redacted = file.load().configuration.redacted
        #expect(redacted["mqtt"]?["user"] == .string("***"))
        #expect(redacted["mqtt"]?["password_file"] == .string("***"))
        #expect(redacted["mqtt"]?["client_id"] == .string("attic"))
        #expect(redacted["mqtt"]?["url"] == .string("mqtt://localhost:1883"))
        #expect(redacted["http"]?["token_file"] == .null)
        #expect(redacted["listening"]?["min_track_s"] == .number(30))
    }
}

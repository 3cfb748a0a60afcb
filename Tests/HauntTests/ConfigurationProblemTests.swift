import Foundation
import HauntTestSupport
import Testing

@testable import haunt

struct ConfigurationProblemTests {
    @Test(
        "A problem names its line, its key and what to do",
        arguments: [
            ("mqtt:\n  keepalive: 5", "2:3: mqtt.keepalive: there is no such key; did you mean keepalive_s?"),
            ("speaker: []", "1:1: speaker: there is no such key; did you mean speakers?"),
            ("store: {zzzzzzzz: 1}", "1:9: store.zzzzzzzz: there is no such key; there are path, demo_catalog"),
            ("mqtt:\n  keepalive_s: often", "2:16: mqtt.keepalive_s: must be a whole number, and is \"often\""),
            ("mqtt: {keepalive_s: 1.5}", "1:21: mqtt.keepalive_s: must be a whole number, and is \"1.5\""),
            ("mqtt: {keepalive_s: \"60\"}", "1:21: mqtt.keepalive_s: must be a whole number, and is \"60\""),
            ("mqtt: {keepalive_s: 3}", "1:21: mqtt.keepalive_s: must be from 5 to 65535, and is 3"),
            ("mqtt: {keepalive_s: [60]}", "1:21: mqtt.keepalive_s: must be a single value, and is a list"),
            ("mqtt: {client_id: 5}", "1:19: mqtt.client_id: must be a text, and is a number: write \"5\" in quotes"),
            (
                "mqtt: {client_id: no}",
                "1:19: mqtt.client_id: must be a text, and is true or false: write \"no\" in quotes"
            ),
            (
                "mqtt: {client_id: \"\"}",
                "1:19: mqtt.client_id: must be a text of 1 to 1000 characters; leave the key out to have its default"
            ),
            ("mqtt: {client_id: \"a\\u0007\"}", "1:19: mqtt.client_id: contains control characters"),
            (
                "mqtt: {url: \"http://x\"}",
                "1:13: mqtt.url: “http://x” is no broker address: write mqtt://host:port or mqtts://host:port."
            ),
            (
                "mqtt: {base_topic: /x}",
                "1:20: mqtt.base_topic: \"/x\" must not begin with \"$\" or \"/\", nor end with \"/\""
            ),
            (
                "mqtt: {base_topic: a/+}",
                "1:20: mqtt.base_topic: “a/+” cannot be published to: “#” and “+” are wildcards and only subscribe."
            ),
            ("mqtt: [1]", "1:7: mqtt: must be a section of keys, and is a list"),
            ("- 1", "1:1: must be a section of keys, and is a list"),
            ("? [a]\n: 1", "1:3: a key must be a plain word"),
            ("speakers: study", "1:11: speakers: must be a list, and is a single value"),
            ("speakers: [study]", "1:12: speakers[0]: must be a section of keys, and is a single value"),
            ("speakers:\n  - {profile: ann}", "2:5: speakers[0].name: is missing"),
            (
                "speakers: [{name: a/#}]",
                "1:19: speakers[0].name: \"a/#\" is no name: \"+\" and \"#\" are MQTT's wildcards"
            ),
            (
                "speakers: [{name: a, profile: Ann}]",
                "1:31: speakers[0].profile: \"Ann\" is no profile name: use 1 to 63 characters of a-z, 0-9, "
                    + "'_' and '-', beginning with a letter or a digit"
            ),
            (
                "speakers:\n- name: a\n- name: a",
                "3:9: speakers[1].name: \"a\" is used twice: speakers[0].name has it already"
            ),
            (
                "speakers:\n- name: a\n- {name: b, aliases: [c, a]}",
                "3:26: speakers[1].aliases[1]: \"a\" is used twice: speakers[0].name has it already"
            ),
            (
                "speakers: [{name: a, aliases: [1]}]",
                "1:32: speakers[0].aliases[0]: must be a text, and is a number: write \"1\" in quotes"
            ),
            ("speakers: [{name: a, aliases: [~]}]", "1:32: speakers[0].aliases[0]: is empty"),
            (
                "speakers: [{name: a, command: {dialect: morse}}]",
                "1:41: speakers[0].command.dialect: must be one of haunt, music-assistant, sonos2mqtt, mopidy, template, and is \"morse\""
            ),
            (
                "speakers: [{name: a, listening: {flap: 1}}]",
                "1:34: speakers[0].listening.flap: there is no such key; did you mean flap_s?"
            ),
            ("sources: [{base_topic: ha}]", "1:11: sources[0].dialect: is missing"),
            ("sources: [{dialect: home-assistant-json}]", "1:11: sources[0].base_topic: is missing"),
            (
                "sources:\n- &a {dialect: home-assistant-statestream}\n- *a",
                "2:3: sources[1].base_topic: \"home-assistant-statestream homeassistant\" is used twice: "
                    + "sources[0].base_topic has it already"
            ),
            (
                "sources:\n- {dialect: home-assistant-jsn, base_topic: ha}",
                "2:13: sources[0].dialect: must be one of home-assistant-statestream, home-assistant-json, sonos2mqtt, "
                    + "shairport-sync, generic, and is "
                    + "\"home-assistant-jsn\"; did you mean home-assistant-json?"
            ),
            (
                "profiles: {names: [ann, ann]}",
                "1:25: profiles.names[1]: \"ann\" is used twice: profiles.names[0] has it already"
            ),
            ("profiles: {auto_create: 1}", "1:25: profiles.auto_create: must be true or false, and is \"1\""),
            (
                "listening: {complete_fraction: 1.5}",
                "1:32: listening.complete_fraction: must be from 0.0 to 1.0, and is 1.5"
            ),
            ("listening: {flap_s: .inf}", "1:21: listening.flap_s: must be a number, and is \".inf\""),
            ("playlists: {total_tracks: 0}", "1:27: playlists.total_tracks: must be from 1 to 200, and is 0"),
            (
                "log: {level: loud}",
                "1:14: log.level: must be one of trace, debug, info, notice, warning, error, critical, and is \"loud\""
            ),
            ("http: {listen: 8742}", "1:16: http.listen: must be a text, and is a number: write \"8742\" in quotes"),
            (
                "http: {listen: \"::1:80\"}",
                "1:16: http.listen: must be host:port, as in 127.0.0.1:8742 or [::1]:8742, and is \"::1:80\""
            ),
            (
                "http: {listen: \"0.0.0.0:8742\"}",
                "1:16: http.listen: 0.0.0.0:8742 can be reached from other machines, so http.token_file must be set"
            ),
            ("mqtt: {user: a, user: b}", "1:8: a key is written twice in one section: user"),
            ("mqtt: {url: ", "2:1: is not YAML: did not find expected node content"),
            ("mqtt:\n\turl: x", "2:1: is not YAML: found character that cannot start any token"),
            ("mqtt: {}\n---\nmqtt: {}", "2:1: is not YAML: but found another document"),
        ])
    func names(yaml: String, problem: String) throws {
        let problems = try ConfigurationFile(yaml).problems()
        #expect(problems == [problem])
    }

    @Test("All problems are reported at once, in the order of the file")
    func tellsAll() throws {
        let file = try ConfigurationFile(
            """
            log: {levl: info}
            listening: {flap_s: -1}
            mqtt:
              keepalive_s: no
              password_file: missing
              tls: {key_file: /dev/null}
            """)
        let missing = file.directory.path("missing")
        #expect(
            file.problems(environment: ["HAUNT_MQTT_ULR": "x", "HAUNT_STORE_PATH": "a\u{1}", "HAUNT_DEMO": "1"]) == [
                "HAUNT_STORE_PATH: store.path: contains control characters",
                "HAUNT_MQTT_ULR: there is no such setting; did you mean HAUNT_MQTT_URL?",
                "1:7: log.levl: there is no such key; did you mean level?",
                "2:21: listening.flap_s: must be from 0.0 to 86400.0, and is -1.0",
                "4:16: mqtt.keepalive_s: must be a whole number, and is \"no\"",
                "5:18: mqtt.password_file: \(missing) does not exist, or its folder is closed to this user",
                "5:18: mqtt.password_file: is of no use without a user; set mqtt.user too",
                "6:19: mqtt.tls.key_file: /dev/null is no regular file",
                "6:19: mqtt.tls.key_file: goes together with certificate_file; set both or none",
            ])
    }

    @Test("Lists cannot be set by environment variables")
    func refusesListVariables() throws {
        let problems = try ConfigurationFile("").problems(environment: [
            "HAUNT_SOURCES": "x", "HAUNT_SPEAKERS_0_NAME": "y",
        ])
        #expect(
            problems == [
                "HAUNT_SOURCES: there is no such setting; lists are written in the file",
                "HAUNT_SPEAKERS_0_NAME: there is no such setting; lists are written in the file",
            ])
    }

    @Test("Certificates require an encrypted connection")
    func wantsEncryption() throws {
        let file = try ConfigurationFile("mqtt: {tls: {ca_file: ca.pem}}")
        try file.directory.write("certificate", to: "ca.pem")
        #expect(file.problems() == ["1:13: mqtt.tls: is of no use without encryption; write mqtt.url as mqtts://…"])
        #expect(file.problems(environment: ["HAUNT_MQTT_URL": "mqtts://broker"]).isEmpty)
    }

    @Test("A public address is accepted with a token")
    func allowsTokens() throws {
        let file = try ConfigurationFile("http: {listen: \"[::]:80\", token_file: token}")
        try file.directory.write("token", to: "token")
        #expect(file.problems().isEmpty)
        #expect(file.load().configuration.http.listen == .address(ListenAddress(host: "::", port: 80)))
    }

    @Test(
        "A secret is the first line of its file, which must not be blank or binary",
        arguments: ["\nsecret\n", " \t\n", "a\u{0}b"])
    func refusesBlankSecrets(content: String) throws {
        for yaml in ["http: {token_file: secret}", "mqtt: {user: a, password_file: secret}"] {
            let file = try ConfigurationFile(yaml)
            try file.directory.write(content, to: "secret")
            let problems = file.problems()
            #expect(problems.count == 1)
            #expect(problems.first?.contains(file.directory.path("secret")) == true)
        }
    }

    @Test("HTTP can be switched off, and ingress must name the address of its peer")
    func ingress() throws {
        let file = try ConfigurationFile(
            "http: {listen: none, ingress: {listen: \"127.0.0.1:8099\", peer: 172.30.32.2}}")
        #expect(file.problems().isEmpty)
        #expect(file.load().configuration.http.listen == .none)
        #expect(file.load().configuration.http.ingress?.peer == "172.30.32.2")
        #expect(try ConfigurationFile("http: {ingress: {}}").load().configuration.http.ingress?.listen.port == 8099)
        #expect(
            try ConfigurationFile("http: {ingress: {peer: supervisor}}").problems() == [
                "1:24: http.ingress.peer: must be an IP address, and is \"supervisor\""
            ])
    }

    @Test("A service must write the path of its store")
    func serviceNamesStore() throws {
        let environment = ["STATE_DIRECTORY": "/var/lib/haunt"]
        #expect(
            try ConfigurationFile("store: {}").problems(environment: environment) == [
                "1:8: store.path: must be written for a service, so that commands find its store: /var/lib/haunt/haunt.db"
            ])
        #expect(try ConfigurationFile("").problems(environment: environment).count == 1)
        #expect(try ConfigurationFile("store: {path: /a.db}").problems(environment: environment).isEmpty)
    }

    @Test("A file that cannot be read is one problem", arguments: ["/nowhere/haunt.yaml", "/tmp"])
    func tellsUnreadableFile(path: String) {
        let problems = ConfigurationLoader.load(file: path, environment: [:]).problems
        #expect(problems.map(\.description) == ["\(path): cannot be read: is it there, and may this user read it?"])
    }

    @Test("A file that is not text, or is too large, is one problem")
    func tellsWrongFile() throws {
        let directory = try TemporaryDirectory()
        let path = try directory.write(String(repeating: "#", count: ConfigurationLimits.fileBytes + 1), to: "large")
        #expect(
            ConfigurationLoader.load(file: path, environment: [:]).problems.map(\.message) == [
                "has more than 1048576 bytes: is it the right file?"
            ])
        try Data([0x61, 0xFF]).write(to: directory.url.appending(path: "binary"))
        let binary = ConfigurationLoader.load(file: directory.path("binary"), environment: [:])
        #expect(binary.problems.map(\.message) == ["is not UTF-8: is it the right file?"])
    }
}

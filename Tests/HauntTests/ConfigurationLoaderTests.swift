import Wire
import Foundation
import HauntTestSupport
import Household
import MQTTClient
import Testing

@testable import haunt

/// Loads texts as files, without the environment of the machine.
struct ConfigurationFile {
    let directory: TemporaryDirectory
    let path: String

    init(_ yaml: String) throws {
        directory = try TemporaryDirectory()
        path = try directory.write(yaml, to: "haunt.yaml")
    }

    func load(
        arguments: [String: String] = [:], environment: [String: String] = [:]
    ) -> ConfigurationLoader.Loaded {
        ConfigurationLoader.load(file: path, arguments: arguments, environment: environment)
    }

    /// Problems as `line:column: key: message`.
    func problems(environment: [String: String] = [:]) -> [String] {
        load(environment: environment).problems.map { String($0.description.replacing(path + ":", with: "")) }
    }
}

struct ConfigurationLoaderTests {
    @Test("Without a file the defaults apply, and the daemon can run with them")
    func runsWithoutFile() {
        let loaded = ConfigurationLoader.load(environment: ["HOME": "/home/ann"], defaultFile: "/nowhere/haunt.yaml")
        #expect(loaded.problems.isEmpty)
        #expect(loaded.file == nil)
        let configuration = loaded.configuration
        #expect(configuration == HauntConfiguration(environment: ["HOME": "/home/ann"]))
        #expect(configuration.mqtt.url.description == "mqtt://localhost:1883")
        #expect(configuration.store.path == "/home/ann/.local/share/haunt/haunt.db")
        #expect(configuration.sources.map(\.baseTopic) == ["homeassistant"])
        #expect(configuration.json["listening"]?["min_track_s"] == .number(30))
    }

    @Test("The configuration in /etc is read when no other is named")
    func findsDefaultFile() throws {
        let file = try ConfigurationFile("mqtt: {client_id: cellar}")
        let loaded = ConfigurationLoader.load(environment: [:], defaultFile: file.path)
        #expect(loaded.configuration.mqtt.clientID == "cellar")
        #expect(loaded.file == file.path)
    }

    @Test(
        "The default path of the store follows the environment",
        arguments: [
            (["STATE_DIRECTORY": "/var/lib/haunt", "HOME": "/root"], "/root/.local/share/haunt/haunt.db"),
            (["XDG_DATA_HOME": "/data", "HOME": "/home/ann"], "/data/haunt/haunt.db"),
            (["XDG_DATA_HOME": "not/absolute", "HOME": "/home/ann"], "/home/ann/.local/share/haunt/haunt.db"),
            ([:], "haunt.db"),
        ])
    func placesStore(environment: [String: String], path: String) {
        #expect(HauntConfiguration(environment: environment).store.path == path)
    }

    @Test("Arguments override the environment, the environment the file, the file the defaults")
    func respectsPrecedence() throws {
        let file = try ConfigurationFile(
            """
            mqtt: {url: "mqtt://file", client_id: file, base_topic: file}
            store: {path: /file.db}
            log: {level: debug}
            """)
        let configuration = file.load(
            arguments: ["store.path": "/argument.db"],
            environment: [
                "HAUNT_STORE_PATH": "/environment.db", "HAUNT_MQTT_URL": "mqtts://environment",
                "HAUNT_MQTT_CLIENT_ID": "environment", "HAUNT_LISTENING_FLAP_S": "7.5", "HAUNT_LOG_LEVEL": "",
                "HAUNT_HOME_ASSISTANT_DISCOVERY": "false",
            ]
        ).configuration
        #expect(configuration.store.path == "/argument.db")
        #expect(configuration.mqtt.url.description == "mqtts://environment:8883")
        #expect(configuration.mqtt.clientID == "environment")
        #expect(configuration.mqtt.baseTopic == "file")
        #expect(configuration.json["listening"]?["flap_s"] == .number(7.5))
        #expect(configuration.json["log"]?["level"] == .string("debug"))
        #expect(configuration.homeAssistant.discovery != .device)
        #expect(configuration.mqtt.keepaliveS == 60)
    }

    @Test("A variable sets a key of a section that the file lacks, and a wrong one is named")
    func environmentMakesSections() throws {
        let file = try ConfigurationFile("mqtt: {client_id: cellar}")
        #expect(file.load().configuration.http.ingress == nil)
        let ingress = file.load(environment: ["HAUNT_HTTP_INGRESS_PEER": "10.0.0.9"]).configuration.http.ingress
        #expect(ingress?.peer == "10.0.0.9")
        #expect(ingress?.listen.port == 8099)
        #expect(file.load(environment: ["HAUNT_HTTP_INGRESS_PEER": ""]).configuration.http.ingress == nil)
        let problems = file.problems(environment: ["HAUNT_HTTP_INGRESS_PEAR": "10.0.0.9"])
        #expect(problems.count == 1 && problems[0].contains("did you mean HAUNT_HTTP_INGRESS_PEER"))
    }

    @Test("Rules of a source and of a speaker start from those at the top, wherever these stand")
    func inheritsRules() throws {
        let configuration = try ConfigurationFile(
            """
            sources:
              - {dialect: home-assistant-statestream, base_topic: ha, listening: {flap_s: 20}}
              - {dialect: home-assistant-json, base_topic: house/players}
            speakers:
              - {name: media_player.study, profile: ann, aliases: [sonos/study], listening: {min_track_s: 10}}
              - {name: media_player.hall}
            listening: {min_heard_s: 4}
            """
        ).load().configuration
        let top = configuration.listening
        #expect(configuration.json["listening"]?["min_heard_s"] == .number(4))
        #expect(configuration.sources.first?.listening != top)
        #expect(configuration.sources.last?.listening == top)
        #expect(configuration.rules("sources", 0, "min_heard_s", "flap_s") == [.number(4), .number(20)])
        #expect(configuration.rules("speakers", 0, "min_heard_s", "min_track_s") == [.number(4), .number(10)])
        #expect(configuration.speakers.last?.listening == nil)
        #expect(configuration.speakers.first?.aliases == ["sonos/study"])
        #expect(configuration.speakers.map(\.profile) == ["ann", nil])
    }

    @Test("Topics of a source may begin with a slash, and a slash at their end means nothing")
    func slashes() throws {
        let source = "{dialect: home-assistant-json, base_topic: /house/players/}"
        let configuration = try ConfigurationFile("sources: [\(source)]").load().configuration
        #expect(configuration.sources.map(\.baseTopic) == ["/house/players"])
    }

    @Test("Base topics under home_assistant are a short form of sources")
    func expandsStatestreams() throws {
        let configuration = try ConfigurationFile("home_assistant: {statestream_base_topics: [a, b]}").load()
            .configuration
        #expect(configuration.sources == [.init(baseTopic: "a"), .init(baseTopic: "b")])
        #expect(try ConfigurationFile("sources: []").load().configuration.sources.isEmpty)
    }

    @Test("A section or key without a value is ignored")
    func readsEmptySections() throws {
        for yaml in ["", "# nothing", "---", "mqtt:\nstore:\nspeakers:\nlistening:\n", "mqtt: {password_file: }", "~"] {
            let loaded = try ConfigurationFile(yaml).load()
            #expect(loaded.problems.isEmpty)
            #expect(loaded.configuration == HauntConfiguration())
        }
    }

    @Test("Paths in the file are relative to its folder, others to the working directory")
    func resolvesPaths() throws {
        let file = try ConfigurationFile("store: {path: data/haunt.db}")
        #expect(file.load().configuration.store.path == file.directory.path("data/haunt.db"))
        let here = FileManager.default.currentDirectoryPath
        #expect(file.load(arguments: ["store.path": "x.db"]).configuration.store.path == "\(here)/x.db")
        let home = file.load(arguments: ["store.path": "~/x.db"], environment: ["HOME": "/home/ann"])
        #expect(home.configuration.store.path == "/home/ann/x.db")
    }

    @Test("'..' in a path means what the file system says")
    func keepsParents() throws {
        let file = try ConfigurationFile("store: {path: ./link/..//haunt.db}")
        #expect(file.load().configuration.store.path == file.directory.path("link/../haunt.db"))
    }

    @Test("Commands need no secrets, whose files only the daemon may read")
    func commandsNeedNoSecrets() throws {
        let file = try ConfigurationFile("http: {token_file: token}")
        #expect(file.problems().count == 1)
        let loaded = ConfigurationLoader.load(file: file.path, environment: [:], checksSecrets: false)
        #expect(loaded.problems.isEmpty)
    }

    @Test("Secrets are read beside the file or from systemd's credentials")
    func findsSecrets() throws {
        let file = try ConfigurationFile("mqtt: {user: haunt, password_file: password}")
        let missing = file.directory.path("password")
        #expect(
            file.problems() == [
                "1:36: mqtt.password_file: \(missing) does not exist, or its folder is closed to this user"
            ])
        try file.directory.write("secret\n", to: "password")
        #expect(file.load().configuration.mqtt.passwordFile == file.directory.path("password"))

        let credentials = try TemporaryDirectory()
        let environment = ["CREDENTIALS_DIRECTORY": credentials.path("")]
        #expect(file.load(environment: environment).problems.count == 1)
        try credentials.write("secret\n", to: "password")
        #expect(file.load(environment: environment).configuration.mqtt.passwordFile == credentials.path("password"))
    }
}

extension HauntConfiguration {
    /// The rules of an item of a list.
    fileprivate func rules(_ list: String, _ index: Int, _ names: String...) -> [JSONValue?] {
        guard case .array(let items)? = json[list] else { return [] }
        return names.map { items[index]["listening"]?[$0] }
    }
}

import Household
import Listening
import Wire

/// All settings of the daemon, with their defaults.
///
/// Each section is a nested struct in a file of its own in this folder. Its defaults and ranges are there and nowhere
/// else.
struct HauntConfiguration: Equatable, Encodable, Sendable {
    var mqtt = MQTT()
    var store: Store
    var http = HTTP()
    var homeAssistant = HomeAssistant()
    var sources: [Source]
    var evidence: [Evidence] = []
    var libraries: [Library] = []
    var speakers: [Speaker] = []
    var profiles = Profiles()
    /// Rules of every source and speaker that does not differ.
    var listening = ListenRules()
    var playlists = Playlists()
    var log = Log()

    /// The defaults.
    ///
    /// - Parameter environment: The environment of the process. It decides the default store path.
    init(environment: [String: String] = [:]) {
        store = Store(environment: environment)
        sources = homeAssistant.statestreamBaseTopics.map { Source(baseTopic: $0) }
    }
}

extension HauntConfiguration: ConfigurationSection {
    mutating func read(from reader: ConfigurationReader) {
        reader.read("mqtt", into: &mqtt)
        reader.read("store", into: &store)
        reader.read("http", into: &http)
        reader.read("home_assistant", into: &homeAssistant)
        // Sources and speakers start from these rules, so they are read first, wherever they stand in the file.
        reader.read("listening", into: &listening)
        readSources(from: reader)
        reader.read("evidence", into: &evidence, atMost: ConfigurationLimits.sources) { Evidence(from: $0) }
        // Speakers name libraries.
        reader.read("libraries", into: &libraries, atMost: ConfigurationLimits.libraries) { Library(from: $0) }
        let names = libraries.map(\.settings).filter(\.isPlayable).map(\.name) + [LibrarySettings.files]
        reader.read("speakers", into: &speakers, atMost: Limits.speakers) { [listening] in
            Speaker(from: $0, rules: listening, libraries: names)
        }
        reader.read("profiles", into: &profiles)
        reader.read("playlists", into: &playlists)
        reader.read("log", into: &log)
    }

    private mutating func readSources(from reader: ConfigurationReader) {
        sources = homeAssistant.statestreamBaseTopics.map { Source(baseTopic: $0, rules: listening) }
        reader.read("sources", into: &sources, atMost: ConfigurationLimits.sources) { [listening] in
            Source(from: $0, rules: listening)
        }
    }
}

// MARK: - As JSON

extension HauntConfiguration {
    /// Keys whose values are replaced in `redacted`.
    private static let secrets: Set = ["user", "password_file", "token_file", "key_file"]

    /// The configuration as it may be published: the value of a secret key is `"***"` when it is set.
    var redacted: JSONValue { Self.redact(json) }

    /// The configuration with the keys of the file.
    var json: JSONValue {
        // Encoding fails only for numbers that are not finite, and no key accepts one.
        (try? WireJSON.decode(JSONValue.self, from: WireJSON.encode(self))) ?? .null
    }

    private static func redact(_ value: JSONValue) -> JSONValue {
        switch value {
        case .object(let fields):
            .object(
                fields.reduce(into: [:]) { fields, field in
                    let isSecret = secrets.contains(field.key) && field.value != .null
                    fields[field.key] = isSecret ? .string("***") : redact(field.value)
                })
        case .array(let items): .array(items.map(redact))
        default: value
        }
    }
}

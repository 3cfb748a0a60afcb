import Household
import Listening

/// Everything that can be set, with the defaults where nothing is.
///
/// Each section is a struct of its own beside this file; the defaults and ranges stand there and nowhere else.
struct HauntConfiguration: Equatable, Encodable, Sendable {
    /// The broker, and who we are to it.
    var mqtt = MQTT()
    /// Where listens, tastes and the catalog are kept.
    var store: Store
    /// The HTTP front door.
    var http = HTTP()
    /// What Home Assistant shows of us and tells us.
    var homeAssistant = HomeAssistant()
    /// Where player messages come from.
    var sources: [Source]
    /// Speakers that are known before they are heard, or differ from the others.
    var speakers: [Speaker] = []
    /// Profiles that exist from the start.
    var profiles = Profiles()
    /// When a play counts, where no source or speaker says otherwise.
    var listening = ListenRules()
    /// What lists look like when a request does not say.
    var playlists = Playlists()
    /// What is logged, and how.
    var log = Log()

    /// The defaults.
    ///
    /// - Parameter environment: Environment of the process; says where the store is by default.
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
        reader.read("listening", into: &listening)
        readSources(from: reader)
        reader.read("speakers", into: &speakers, atMost: Limits.speakers) { [listening] in
            Speaker(from: $0, rules: listening)
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

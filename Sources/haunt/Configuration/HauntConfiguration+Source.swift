import Listening
import MQTTBridge

extension HauntConfiguration {
    /// One of `sources`: where player messages come from, and in which dialect.
    struct Source: Equatable, Encodable, Sendable {
        /// How one kind of software talks about its players.
        enum Dialect: String, Encodable, CaseIterable {
            case homeAssistantStatestream = "home-assistant-statestream"
            case homeAssistantJSON = "home-assistant-json"
            case sonos2mqtt
            case shairportSync = "shairport-sync"
            case generic
        }

        /// How the messages are to be understood.
        var dialect = Dialect.homeAssistantStatestream
        /// What their topics begin with; nil for `generic`, which names its topics one by one.
        var baseTopic: String?
        /// `shairport-sync`: whether who sends is the speaker, rather than what plays.
        var clientAsSpeaker = false
        /// `generic`: where each value stands.
        var mapping: Mapping?
        /// When a play of this source counts.
        var listening: ListenRules

        init(baseTopic: String = "homeassistant", rules: ListenRules = ListenRules()) {
            listening = rules
            self.baseTopic = baseTopic
        }
    }
}

extension HauntConfiguration.Source {
    /// Reads one item of the list; `rules` are those that its own start from.
    init(from reader: ConfigurationReader, rules: ListenRules) {
        self.init(rules: rules)
        reader.read("dialect", into: &dialect)
        reader.require("dialect")
        reader.read("listening", into: &listening)
        if dialect == .generic {
            mapping = Mapping(from: reader)
            baseTopic = nil
            return
        }
        var base = baseTopic ?? ""
        reader.readBaseTopic("base_topic", into: &base)
        baseTopic = base
        if dialect == .shairportSync { reader.read("client_as_speaker", into: &clientAsSpeaker) }
        // Only statestream has a base topic that most people use.
        if dialect != .homeAssistantStatestream { reader.require("base_topic") }
        reader.claim("\(dialect.rawValue) \(base)", of: "source", key: "base_topic")
    }

    /// For the bridge.
    ///
    /// - Parameter statusTopic: Where Home Assistant says whether it is there.
    /// - Returns: The source.
    func forBridge(statusTopic: String) -> SourceConfiguration {
        let dialect: SourceConfiguration.Dialect =
            switch self.dialect {
            case .homeAssistantStatestream: .homeAssistantStatestream
            case .homeAssistantJSON: .homeAssistantJSON
            case .sonos2mqtt: .sonos2mqtt
            case .shairportSync: .shairportSync(namesClient: clientAsSpeaker)
            case .generic: .generic(mapping?.forBridge ?? GenericMapping(speaker: "", fields: [:]))
            }
        return SourceConfiguration(
            dialect: dialect, baseTopic: baseTopic ?? mapping?.topics ?? "", statusTopic: statusTopic, rules: listening)
    }

    /// Whether this is the same source, perhaps under other rules.
    func isSame(as other: Self) -> Bool {
        var other = other
        other.listening = listening
        return self == other
    }
}

extension HauntConfiguration.Source.Dialect: ConfigurationChoice {}

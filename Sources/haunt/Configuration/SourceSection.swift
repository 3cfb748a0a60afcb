import Listening
import MQTTBridge

extension HauntConfiguration {
    /// An item of `sources`: the topics of some players and the dialect of their messages.
    struct Source: Equatable, Encodable, Sendable {
        enum Dialect: String, Encodable, CaseIterable, ConfigurationChoice {
            case homeAssistantStatestream = "home-assistant-statestream"
            case homeAssistantJSON = "home-assistant-json"
            case sonos2mqtt
            case shairportSync = "shairport-sync"
            case generic
        }

        var dialect = Dialect.homeAssistantStatestream
        /// Prefix of the topics. nil for `generic`, whose mapping names each topic.
        var baseTopic: String?
        /// `shairport-sync`: whether the sending device is the speaker, instead of the receiver.
        var clientAsSpeaker = false
        /// Set for `generic` only.
        var mapping: Mapping?
        var listening: ListenRules

        init(baseTopic: String = "homeassistant", rules: ListenRules = ListenRules()) {
            listening = rules
            self.baseTopic = baseTopic
        }
    }
}

extension HauntConfiguration.Source {
    /// Reads one item. Rules that it does not write are those of `rules`.
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
        reader.readSourceTopic("base_topic", into: &base)
        baseTopic = base
        if dialect == .shairportSync { reader.read("client_as_speaker", into: &clientAsSpeaker) }
        // Only statestream has a common base topic, so it alone has a default.
        if dialect != .homeAssistantStatestream { reader.require("base_topic") }
        reader.requireUnique("\(dialect.rawValue) \(base)", kind: "source", key: "base_topic")
    }

    /// The source as the bridge takes it. `statusTopic` is the topic of Home Assistant's birth and will messages.
    func bridgeSource(statusTopic: String) -> SourceConfiguration {
        let dialect: SourceConfiguration.Dialect =
            switch self.dialect {
            case .homeAssistantStatestream: .homeAssistantStatestream
            case .homeAssistantJSON: .homeAssistantJSON
            case .sonos2mqtt: .sonos2mqtt
            case .shairportSync: .shairportSync(namesClient: clientAsSpeaker)
            case .generic: .generic(mapping?.bridgeMapping ?? GenericMapping(speaker: "", fields: [:]))
            }
        return SourceConfiguration(
            dialect: dialect, baseTopic: baseTopic ?? mapping?.topics ?? "", statusTopic: statusTopic, rules: listening)
    }

    func differsOnlyInRules(from other: Self) -> Bool {
        var other = other
        other.listening = listening
        return self == other
    }
}

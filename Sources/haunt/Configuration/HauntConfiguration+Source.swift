import Household
import Listening

extension HauntConfiguration {
    /// One of `sources`: where player messages come from, and in which dialect.
    struct Source: Equatable, Encodable, Sendable {
        /// How one kind of software talks about its players.
        enum Dialect: String, Encodable, CaseIterable {
            case homeAssistantStatestream = "home-assistant-statestream"
            case homeAssistantJSON = "home-assistant-json"
        }

        /// How the messages are to be understood.
        var dialect = Dialect.homeAssistantStatestream
        /// What their topics begin with.
        var baseTopic = "homeassistant"
        /// When a play of this source counts.
        var listening: ListenRules

        init(baseTopic: String = "homeassistant", rules: ListenRules = ListenRules()) {
            self.baseTopic = baseTopic
            listening = rules
        }
    }
}

extension HauntConfiguration.Source {
    /// Reads one item of the list; `rules` are those that its own start from.
    init(from reader: ConfigurationReader, rules: ListenRules) {
        self.init(rules: rules)
        reader.read("dialect", into: &dialect)
        reader.readBaseTopic("base_topic", into: &baseTopic)
        reader.read("listening", into: &listening)
        reader.require("dialect")
        // Only statestream has a base topic that most people use.
        if dialect != .homeAssistantStatestream { reader.require("base_topic") }
        reader.claim("\(dialect.rawValue) \(baseTopic)", of: "source", key: "base_topic")
    }
}

extension HauntConfiguration.Source.Dialect: ConfigurationChoice {}

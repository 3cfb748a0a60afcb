extension HauntConfiguration {
    /// `home_assistant`: what Home Assistant shows of us and tells us.
    struct HomeAssistant: Equatable, Encodable, Sendable {
        /// Whether Haunt's entities appear in Home Assistant by themselves.
        var discovery = true
        /// What Home Assistant's discovery topics begin with.
        var discoveryPrefix = "homeassistant"
        /// Base topics of `mqtt_statestream`, each a source; the short way to write `sources`.
        var statestreamBaseTopics = ["homeassistant"]
    }
}

extension HauntConfiguration.HomeAssistant: ConfigurationSection {
    mutating func read(from reader: ConfigurationReader) {
        reader.read("discovery", into: &discovery)
        reader.readBaseTopic("discovery_prefix", into: &discoveryPrefix)
        reader.read("statestream_base_topics", into: &statestreamBaseTopics, atMost: ConfigurationLimits.sources)
        for (index, topic) in statestreamBaseTopics.enumerated() {
            guard let problem = ConfigurationReader.problem(withBaseTopic: topic) else { continue }
            reader.add(problem, key: "statestream_base_topics[\(index)]")
        }
    }
}

import MQTTBridge

extension HauntConfiguration {
    /// `home_assistant`: what Home Assistant shows of us and tells us.
    struct HomeAssistant: Equatable, Encodable, Sendable {
        /// Whether Haunt's entities appear in Home Assistant by themselves, and how it is told of them.
        var discovery = Discovery.device
        /// What Home Assistant's discovery topics begin with.
        var discoveryPrefix = "homeassistant"
        /// Where Home Assistant says whether it is there: its birth and will messages.
        var statusTopic = "homeassistant/status"
        /// Base topics of `mqtt_statestream`, each a source; the short way to write `sources`.
        var statestreamBaseTopics = ["homeassistant"]
    }
}

extension HauntConfiguration.HomeAssistant {
    /// How Home Assistant is told of Haunt's entities: `true`, `false` or `single`.
    struct Discovery: Equatable, Sendable {
        static let device = Self(form: .device)
        var form: DiscoverySettings.Form
    }
}

extension HauntConfiguration.HomeAssistant.Discovery: ConfigurationValue, Encodable {
    private static let single = DiscoverySettings.Form.single.rawValue

    init(_ scalar: ConfigurationScalar) throws(ConfigurationMistake) {
        if scalar.text == Self.single {
            form = .single
        } else if let isOn = try? Bool(scalar) {
            form = isOn ? .device : .none
        } else {
            throw .notA("true, false or \(Self.single)", scalar)
        }
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        if form == .single { try container.encode(Self.single) } else { try container.encode(form == .device) }
    }
}

extension HauntConfiguration.HomeAssistant: ConfigurationSection {
    mutating func read(from reader: ConfigurationReader) {
        reader.read("discovery", into: &discovery)
        reader.readBaseTopic("discovery_prefix", into: &discoveryPrefix)
        reader.readBaseTopic("status_topic", into: &statusTopic)
        reader.read("statestream_base_topics", into: &statestreamBaseTopics, atMost: ConfigurationLimits.sources)
        for (index, topic) in statestreamBaseTopics.enumerated() {
            guard let problem = ConfigurationReader.problem(withBaseTopic: topic) else { continue }
            reader.add(problem, key: "statestream_base_topics[\(index)]")
        }
    }
}

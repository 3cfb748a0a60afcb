import MQTTBridge

extension HauntConfiguration {
    /// `home_assistant`
    struct HomeAssistant: Equatable, Encodable, Sendable {
        var discovery = Discovery.device
        /// Prefix of the MQTT discovery topics.
        var discoveryPrefix = "homeassistant"
        /// Topic of Home Assistant's birth and will messages.
        var statusTopic = "homeassistant/status"
        /// Base topics of `mqtt_statestream`. Each is a source, unless `sources` is written.
        var statestreamBaseTopics = ["homeassistant"]
    }
}

extension HauntConfiguration.HomeAssistant {
    /// The form of MQTT discovery: `true` (one message a device), `single` (one message an entity) or `false`.
    struct Discovery: Equatable, Sendable {
        static let device = Self(form: .device)
        var form: DiscoverySettings.Form
    }
}

extension HauntConfiguration.HomeAssistant.Discovery: ConfigurationValue, Encodable {
    private static let single = DiscoverySettings.Form.single.rawValue

    init(_ scalar: ConfigurationScalar) throws(ConfigurationValueError) {
        if scalar.text == Self.single {
            form = .single
        } else if let isOn = try? Bool(scalar) {
            form = isOn ? .device : .none
        } else {
            throw .expected("true, false or \(Self.single)", scalar)
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

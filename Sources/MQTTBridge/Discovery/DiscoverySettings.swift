/// How Haunt shows itself in Home Assistant.
public struct DiscoverySettings: Equatable, Sendable {
    /// The two ways of Home Assistant to be told of entities, or none.
    public enum Form: String, Sendable {
        /// One message a device, from Home Assistant 2024.12 on.
        case device
        /// One message an entity, for every Home Assistant.
        case single
        /// Nothing is shown, and what was shown before is withdrawn.
        case none
    }

    /// How.
    public var form: Form
    /// What Home Assistant's discovery topics begin with.
    public var prefix: String
    /// Where Home Assistant says that it has come.
    public var statusTopic: String
    /// Version of the program.
    public var version: String

    /// Creates settings.
    public init(
        form: Form = .device, prefix: String = "homeassistant", statusTopic: String = "homeassistant/status",
        version: String
    ) {
        self.form = form
        self.prefix = prefix
        self.statusTopic = statusTopic
        self.version = version
    }
}

public import Listening

/// A message on a source's topics.
struct SourceMessage: Equatable, Sendable {
    var topic: String
    var payload: [UInt8]
    /// Whether the broker kept it from earlier: it says what was, not what is.
    var isRetained: Bool
    var at: Moment
}

/// What a dialect makes of messages.
enum SourceEvent: Equatable, Sendable {
    /// A speaker's whole state.
    case update(PlayerUpdate)
    /// The source's speakers cannot be heard from a time on, until they say something again.
    case interrupted(at: Moment)
}

/// The way one kind of software talks about players: messages in, whole states of speakers out.
///
/// Values that belong together and come apart are gathered here; whoever reads updates never sees half of one. No
/// dialect reads a clock: time comes with the messages and with ``advance(to:)``.
protocol Dialect: Sendable {
    /// Topics to subscribe to.
    var filters: [String] { get }
    /// When ``advance(to:)`` has something to say, in seconds of ``Moment/uptimeS``; it may turn out to be later.
    var nextDeadline: Double? { get }
    /// Takes in a message on one of the topics.
    mutating func receive(_ message: SourceMessage) -> [SourceEvent]
    /// Lets time pass: what was gathered and is not added to any more is believed.
    mutating func advance(to now: Moment) -> [SourceEvent]
    /// Forgets a speaker that is to make room for another one.
    mutating func forget(_ speakerName: String)
}

/// Where player messages come from, and how they are to be understood.
public struct SourceConfiguration: Equatable, Sendable {
    /// How the messages are to be understood.
    public enum Dialect: Equatable, Sendable {
        case homeAssistantStatestream
        case homeAssistantJSON
        case sonos2mqtt
        /// `namesClient`: whether who sends is the speaker, rather than what plays.
        case shairportSync(namesClient: Bool)
        case generic(GenericMapping)

        /// Its name in the configuration.
        public var name: String {
            switch self {
            case .homeAssistantStatestream: "home-assistant-statestream"
            case .homeAssistantJSON: "home-assistant-json"
            case .sonos2mqtt: "sonos2mqtt"
            case .shairportSync: "shairport-sync"
            case .generic: "generic"
            }
        }
    }

    /// How the messages are to be understood.
    public var dialect: Dialect
    /// What their topics begin with; for `generic`, the topics that it names itself.
    public var baseTopic: String
    /// Where Home Assistant says whether it is there.
    public var statusTopic: String
    /// When a play of this source counts; nil leaves it to the general rules.
    public var rules: ListenRules?

    /// Creates a configuration of a source.
    public init(
        dialect: Dialect, baseTopic: String, statusTopic: String = "homeassistant/status", rules: ListenRules? = nil
    ) {
        self.dialect = dialect
        // Home Assistant takes a slash at the end for nothing, and people write it.
        self.baseTopic = String(baseTopic.reversed().drop { $0 == "/" }.reversed())
        self.statusTopic = statusTopic
        self.rules = rules
    }

    /// Identifies the source, also after a restart.
    var id: String { baseTopic.isEmpty ? dialect.name : "\(dialect.name):\(baseTopic)" }

    /// A fresh listener to this source.
    ///
    /// - Parameter general: Rules where the source says nothing else.
    /// - Returns: One that has heard nothing yet.
    func makeDialect(under general: ListenRules) -> any MQTTBridge.Dialect {
        let settleS = (rules ?? general).settleMs / 1_000
        return switch dialect {
        case .homeAssistantStatestream: StatestreamDialect(base: baseTopic, statusTopic: statusTopic, settleS: settleS)
        case .homeAssistantJSON: HomeAssistantJSONDialect(base: baseTopic, statusTopic: statusTopic)
        case .sonos2mqtt: Sonos2mqttDialect(base: baseTopic)
        case .shairportSync(let namesClient):
            ShairportDialect(base: baseTopic, settleS: settleS, namesClient: namesClient)
        case .generic(let mapping): GenericDialect(mapping, settleS: settleS)
        }
    }
}

public import Listening
public import MQTTClient
public import Wire

/// The configuration of the bridge.
public struct BridgeSettings: Sendable {
    public var sources: [SourceConfiguration]
    /// The sources of evidence of who is listening.
    public var evidence: [EvidenceConfiguration]
    /// Rules of speakers that have their own, by speaker name.
    public var speakerRules: [String: ListenRules]
    /// Rules where neither the speaker nor the source has its own.
    public var rules: ListenRules
    /// How playlists are sent to a speaker, by speaker name; ``CommandDialect/haunt`` where none is named.
    public var commands: [String: CommandDialect]
    /// Version of the program, for the info topic.
    public var version: String
    /// The configuration without its secrets, for the info topic.
    public var redactedConfiguration: JSONValue
    /// Keys that were changed in the file and take effect after a restart.
    public var needsRestart: [String]

    public init(
        sources: [SourceConfiguration], speakerRules: [String: ListenRules], rules: ListenRules,
        commands: [String: CommandDialect] = [:], evidence: [EvidenceConfiguration] = [], version: String,
        redactedConfiguration: JSONValue,
        needsRestart: [String] = []
    ) {
        self.sources = sources
        self.evidence = evidence
        self.speakerRules = speakerRules
        self.rules = rules
        self.commands = commands
        self.version = version
        self.redactedConfiguration = redactedConfiguration
        self.needsRestart = needsRestart
    }
}

/// The payload of the topic `haunt/bridge/state`.
public struct BridgeState: Encodable, Sendable {
    /// `online` or `offline`.
    public var state: String

    public init(state: String) { self.state = state }

    /// The last will, which the broker publishes when the connection breaks.
    ///
    /// - Parameter baseTopic: The first level or levels of every topic.
    /// - Returns: The state `offline`, retained.
    /// - Throws: ``MQTTError`` when the base is not valid in a topic.
    public static func will(baseTopic: String) throws -> MQTTPublication {
        let payload = [UInt8](try WireJSON.encode(BridgeState(state: "offline")))
        return MQTTPublication(
            topic: try TopicName(BridgeTopics(base: baseTopic).state), payload: payload, retain: true)
    }
}

/// The payload of the topic `haunt/bridge/info`.
struct BridgeInfo: Encodable {
    var version: String
    var schemaVersion: Int
    var dialects: [String]
    var config: JSONValue
    var restartRequired: [String]
}

public import Listening
public import Wire

/// What the bridge needs to know of the configuration.
public struct BridgeSettings: Sendable {
    /// Where player messages come from.
    public var sources: [SourceConfiguration]
    /// Rules of speakers that have their own.
    public var speakerRules: [String: ListenRules]
    /// Rules where neither speaker nor source says otherwise.
    public var rules: ListenRules
    /// How speakers want to be told what to play, where that is not our own way.
    public var commands: [String: CommandDialect]
    /// Version of the program, for the info topic.
    public var version: String
    /// The configuration without its secrets, for the info topic.
    public var redactedConfiguration: JSONValue
    /// Keys that were changed in the file and need a restart.
    public var needsRestart: [String]

    /// Creates settings.
    public init(
        sources: [SourceConfiguration], speakerRules: [String: ListenRules], rules: ListenRules,
        commands: [String: CommandDialect] = [:], version: String, redactedConfiguration: JSONValue,
        needsRestart: [String] = []
    ) {
        self.sources = sources
        self.speakerRules = speakerRules
        self.rules = rules
        self.commands = commands
        self.version = version
        self.redactedConfiguration = redactedConfiguration
        self.needsRestart = needsRestart
    }
}

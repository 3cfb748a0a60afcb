import MQTTBridge

extension HauntConfiguration.Speaker {
    /// `command`: how a speaker wants to be told what to play.
    struct Command: Equatable, Encodable, Sendable {
        /// The way one kind of player is told.
        enum Dialect: String, Encodable, CaseIterable {
            case haunt
            case musicAssistant = "music-assistant"
            case sonos2mqtt
            case mopidy
            case template
        }

        /// The way its player is told.
        var dialect = Dialect.haunt
        /// `music-assistant`: the player's entity there, when it is not the speaker's name.
        var entity: String?
        /// `sonos2mqtt`, `mopidy`: where the player takes commands.
        var topic: String?
        /// `template`: what is sent.
        var messages: [Message] = []
    }
}

extension HauntConfiguration.Speaker.Command {
    /// One of `messages`: what a player of one's own is told.
    struct Message: Equatable, Encodable, Sendable {
        /// Where it goes.
        var topic = ""
        /// What it says.
        var payload = ""
        /// Whether there is one for each track.
        var forEachTrack = false
    }
}

extension HauntConfiguration.Speaker.Command: ConfigurationSection {
    mutating func read(from reader: ConfigurationReader) {
        reader.read("dialect", into: &dialect)
        reader.read("entity", into: &entity)
        var base = ""
        reader.readBaseTopic("topic", into: &base)
        if !base.isEmpty { topic = base }
        reader.read("messages", into: &messages, atMost: ConfigurationLimits.messages) { Message(from: $0) }
        check(reader)
    }

    /// Keys that only some dialects have.
    private func check(_ reader: ConfigurationReader) {
        let takes: Set<String> =
            switch dialect {
            case .haunt: []
            case .musicAssistant: ["entity"]
            case .sonos2mqtt, .mopidy: ["topic"]
            case .template: ["messages"]
            }
        for key in ["entity", "topic", "messages"] where reader.isWritten(key) && !takes.contains(key) {
            reader.add("is of no use with the dialect \(dialect.rawValue)", key: key)
        }
        if dialect == .sonos2mqtt { reader.require("topic") }
        if dialect == .template { reader.require("messages") }
    }

    /// For the bridge.
    var forBridge: CommandDialect {
        switch dialect {
        case .haunt: .haunt
        case .musicAssistant: .musicAssistant(entity: entity)
        case .sonos2mqtt: .sonos2mqtt(topic: topic ?? "")
        case .mopidy: .mopidy(topic: topic ?? "mopidy/cmnd")
        // Each was read as a template when the file was.
        case .template: .template(messages.compactMap { try? $0.template() })
        }
    }
}

extension HauntConfiguration.Speaker.Command.Message {
    /// Reads one item of the list.
    init(from reader: ConfigurationReader) {
        reader.readBaseTopic("topic", into: &topic)
        reader.read("payload", into: &payload)
        reader.read("for_each_track", into: &forEachTrack)
        reader.require("topic")
        for (key, text) in [("topic", topic), ("payload", payload)] {
            do throws(TextTemplate.Mistake) {
                _ = try TextTemplate(text, names: CommandTemplate.names(forEachTrack: forEachTrack))
            } catch {
                reader.add(error.message, key: key)
            }
        }
    }

    fileprivate func template() throws(TextTemplate.Mistake) -> CommandTemplate {
        try CommandTemplate(topic: topic, payload: payload, forEachTrack: forEachTrack)
    }
}

extension HauntConfiguration.Speaker.Command.Dialect: ConfigurationChoice {}

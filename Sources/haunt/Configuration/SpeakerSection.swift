import Household
import Listening
import MQTTBridge
import Wire

extension HauntConfiguration {
    /// An item of `speakers`: settings of one speaker.
    struct Speaker: Equatable, Encodable, Sendable {
        /// The full name. For Home Assistant it is the entity id.
        var name = ""
        /// Names of the same speaker in other sources.
        var aliases: [String] = []
        /// Its owner, unless the store has another mapping. nil counts as `default`.
        @ExplicitNull var profile: String?
        /// The profiles that share it, unless the store has another decision; `all` is every profile but `default`.
        var shared: [String] = []
        /// Its room, as evidence names it.
        @ExplicitNull var area: String?
        /// Whether its playlists have no explicit track.
        var kids = false
        var command = Command()
        /// The library that its player plays from. nil means the one that is configured.
        @ExplicitNull var library: String?
        /// Rules in place of those of its source.
        @ExplicitNull var listening: ListenRules?
    }
}

extension HauntConfiguration.Speaker {
    /// Reads one item. Rules that its `listening` does not write are those of `rules`. It may name one of `libraries`.
    init(from reader: ConfigurationReader, rules: ListenRules, libraries: [String]) {
        reader.read("name", into: &name)
        reader.read("aliases", into: &aliases, atMost: ConfigurationLimits.aliases)
        reader.read("profile", into: &profile)
        reader.readNames("shared", into: &shared, atMost: Limits.profiles)
        reader.read("area", into: &area)
        reader.read("kids", into: &kids)
        reader.read("command", into: &command)
        reader.read("library", into: &library)
        reader.read("listening", into: &listening, defaults: rules)
        checkNames(reader)
        if let profile { reader.checkProfileName(profile, key: "profile") }
        checkShared(reader)
        if let library, !libraries.contains(library) {
            let hint = CloseNames.suggestionOrAll(for: library, among: libraries)
            reader.add("there is no library \"\(library.prefix(80))\"; \(hint)", key: "library")
        }
    }

    private func checkShared(_ reader: ConfigurationReader) {
        if reader.isWritten("shared"), profile != nil {
            reader.add("a speaker has a profile or is shared, not both", key: "shared")
        }
        guard sharing != .everybody else { return }
        for (index, name) in shared.enumerated() {
            reader.checkProfileName(name, key: "shared[\(index)]")
            if name == Profile.defaultName {
                reader.add("default is nobody in particular and cannot share a speaker", key: "shared[\(index)]")
            }
        }
    }

    /// Who shares it; nil for a speaker that is not shared.
    var sharing: ConfiguredSharing? {
        shared.isEmpty ? nil : shared == ["all"] ? .everybody : .profiles(Array(Set(shared)).sorted())
    }

    private func checkNames(_ reader: ConfigurationReader) {
        reader.require("name")
        let names = [("name", name)] + aliases.enumerated().map { ("aliases[\($0)]", $1) }
        for (key, name) in names where !name.isEmpty {
            reader.checkSpeakerName(name, key: key)
            reader.requireUnique(name, kind: "speaker", key: key)
        }
    }
}

extension HauntConfiguration.Speaker {
    /// `speakers[].command`: the form of the playlists on the speaker's command topic.
    struct Command: Equatable, Encodable, Sendable {
        enum Dialect: String, Encodable, CaseIterable, ConfigurationChoice {
            case haunt
            case musicAssistant = "music-assistant"
            case sonos2mqtt
            case mopidy
            case template
        }

        var dialect = Dialect.haunt
        /// `music-assistant`: the entity id of the player, if it is not the speaker's name.
        var entity: String?
        /// `sonos2mqtt`, `mopidy`: the topic on which the player takes commands.
        var topic: String?
        /// `template`: the messages of one playlist.
        var messages: [Message] = []

        /// Topic and payload are templates.
        struct Message: Equatable, Encodable, Sendable {
            var topic = ""
            var payload = ""
            /// Whether there is one message for each track.
            var forEachTrack = false
        }
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

    /// Reports keys that the dialect does not use.
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

    /// The command as the bridge takes it.
    var bridgeDialect: CommandDialect {
        switch dialect {
        case .haunt: .haunt
        case .musicAssistant: .musicAssistant(entity: entity)
        case .sonos2mqtt: .sonos2mqtt(topic: topic ?? "")
        case .mopidy: .mopidy(topic: topic ?? "mopidy/cmnd")
        // The templates were validated when the file was read.
        case .template: .template(messages.compactMap { try? $0.template() })
        }
    }
}

extension HauntConfiguration.Speaker.Command.Message {
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

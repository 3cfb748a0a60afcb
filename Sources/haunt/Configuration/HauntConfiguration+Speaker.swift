import Household
import Listening
import Wire

extension HauntConfiguration {
    /// One of `speakers`: what is known of it before it is heard.
    struct Speaker: Equatable, Encodable, Sendable {
        /// Its full name; for Home Assistant the entity id.
        var name = ""
        /// Names it has elsewhere.
        var aliases: [String] = []
        /// Whose it is when the store does not say; nil counts as `default`.
        @ExplicitNull var profile: String?
        /// Whether its lists have no track that is marked as explicit.
        var kids = false
        /// How it wants to be told what to play.
        var command = Command()
        /// When a play counts on this speaker, if that differs from its source.
        @ExplicitNull var listening: ListenRules?
    }
}

extension HauntConfiguration.Speaker {
    /// Reads one item of the list; `rules` are those that its own start from.
    init(from reader: ConfigurationReader, rules: ListenRules) {
        reader.read("name", into: &name)
        reader.read("aliases", into: &aliases, atMost: ConfigurationLimits.aliases)
        reader.read("profile", into: &profile)
        reader.read("kids", into: &kids)
        reader.read("command", into: &command)
        reader.read("listening", into: &listening, defaults: rules)
        checkNames(reader)
        if let profile { reader.checkProfileName(profile, key: "profile") }
    }

    private func checkNames(_ reader: ConfigurationReader) {
        reader.require("name")
        let names = [("name", name)] + aliases.enumerated().map { ("aliases[\($0)]", $1) }
        for (key, name) in names where !name.isEmpty {
            reader.checkSpeakerName(name, key: key)
            reader.claim(name, of: "speaker", key: key)
        }
    }
}

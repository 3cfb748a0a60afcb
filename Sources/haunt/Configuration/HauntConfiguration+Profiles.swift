import Household

extension HauntConfiguration {
    /// `profiles`: which tastes there are.
    struct Profiles: Equatable, Encodable, Sendable {
        /// Whether a listen may create the profile it names; a request never does.
        var autoCreate = false
        /// Profiles that are created at start when they do not exist.
        var names: [String] = []
        /// Profiles whose lists have no track that is marked as explicit; they are created too.
        var kids: [String] = []
    }
}

extension HauntConfiguration.Profiles: ConfigurationSection {
    mutating func read(from reader: ConfigurationReader) {
        reader.read("auto_create", into: &autoCreate)
        reader.read("names", into: &names, atMost: Limits.profiles)
        for (index, name) in names.enumerated() {
            reader.checkProfileName(name, key: "names[\(index)]")
            reader.claim(name, of: "profile", key: "names[\(index)]")
        }
        reader.read("kids", into: &kids, atMost: Limits.profiles)
        for (index, name) in kids.enumerated() { reader.checkProfileName(name, key: "kids[\(index)]") }
    }
}

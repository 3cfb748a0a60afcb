extension HauntConfiguration {
    /// `store`: where listens, tastes and the catalog are kept.
    struct Store: Equatable, Encodable, Sendable {
        /// The database file; its folder must be there or possible to make.
        var path: String
        /// Whether an empty catalog begins with a few hundred well-known tracks.
        var demoCatalog = true

        /// The default: the folder systemd gives a service, else where the person's programs keep their data.
        init(environment: [String: String]) {
            // systemd joins the folders of a unit with colons; ours has one.
            if let state = environment["STATE_DIRECTORY"]?.split(separator: ":").first {
                path = "\(state)/haunt.db"
            } else if let data = environment["XDG_DATA_HOME"], data.hasPrefix("/") {
                path = "\(data)/haunt/haunt.db"
            } else if let home = environment["HOME"], home.hasPrefix("/") {
                path = "\(home)/.local/share/haunt/haunt.db"
            } else {
                path = "haunt.db"
            }
        }
    }
}

extension HauntConfiguration.Store: ConfigurationSection {
    mutating func read(from reader: ConfigurationReader) {
        reader.readPath("path", into: &path)
        reader.read("demo_catalog", into: &demoCatalog)
    }
}

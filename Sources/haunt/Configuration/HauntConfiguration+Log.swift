import Logging

extension HauntConfiguration {
    /// `log`: what is logged, and how.
    struct Log: Equatable, Encodable, Sendable {
        /// How a line looks.
        enum Format: String, Encodable, CaseIterable {
            /// For people.
            case text
            /// For programs: one object a line.
            case json
        }

        /// The least important thing that is logged.
        var level = Logger.Level.info
        /// How a line looks.
        var format = Format.text
    }
}

extension HauntConfiguration.Log: ConfigurationSection {
    mutating func read(from reader: ConfigurationReader) {
        reader.read("level", into: &level)
        reader.read("format", into: &format)
    }
}

extension HauntConfiguration.Log.Format: ConfigurationChoice {}

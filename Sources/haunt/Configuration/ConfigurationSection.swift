/// A part of the configuration that has keys of its own.
protocol ConfigurationSection {
    /// Takes what is written; what is not keeps its default.
    mutating func read(from reader: ConfigurationReader)
}

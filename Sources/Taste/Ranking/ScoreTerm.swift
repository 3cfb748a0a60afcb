/// One part of a score.
public struct ScoreTerm: Codable, Equatable, Sendable {
    /// What it stands for, as in `plays`, `tags` or `popularity`.
    public var name: String
    /// What it adds.
    public var value: Double

    /// Creates a term.
    public init(_ name: String, _ value: Double) {
        self.name = name
        self.value = value
    }
}

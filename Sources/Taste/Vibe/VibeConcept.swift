/// A situation, mood or wish that people name, and what it means in tags and sound.
struct VibeConcept: Sendable {
    /// What it is called in a summary.
    var name: String
    /// Whether its words count as they stand: "no vocals" is a wish of its own, not vocals denied.
    var isAbsolute: Bool
    /// Tags that fit, with weights.
    var tags: [String: Double]
    /// Directions of audio features.
    var features: [String: Double]
}

extension Vibe {
    private static let listedTags = 6
    private static let leastDirection = 0.25

    /// How it was understood, in one line: "chill, dinner → downtempo, lounge; energy low; not: metal".
    public var summary: String {
        guard isUnderstood else { return "nothing in it is known here; ranked by popularity" }
        var parts: [String] = []
        let heard = concepts.joined(separator: ", ")
        let strongest = Self.strongest(tags).filter { !concepts.contains($0) }.joined(separator: ", ")
        let meaning = [heard, strongest].filter { !$0.isEmpty }.joined(separator: " → ")
        if !artists.isEmpty { parts.append("like " + artists.joined(separator: ", ")) }
        if !meaning.isEmpty { parts.append(meaning) }
        parts += features.sorted { $0.key < $1.key }.filter { abs($0.value) >= Self.leastDirection }
            .map { "\($0.key) \($0.value > 0 ? "high" : "low")" }
        if !decades.isEmpty { parts.append(decades.map { "\($0)s" }.joined(separator: ", ")) }
        let unwanted = unwantedArtists + Self.strongest(unwantedTags)
        if !unwanted.isEmpty { parts.append("not: " + unwanted.joined(separator: ", ")) }
        return parts.joined(separator: "; ")
    }

    private static func strongest(_ tags: [String: Double]) -> [String] {
        tags.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(listedTags).map(\.key)
    }
}

/// Which music to rank.
public enum RankingMode: String, CaseIterable, Codable, Sendable {
    /// What the profile has played.
    case familiar
    /// Both, in the share of ``RankingRequest/discoveryShare``.
    case balanced
    /// Only artists that the profile never played.
    case discovery
}

public import Taste

/// How many tracks that rank well enough each filter kept from a list.
public struct RemovedView: Codable, Equatable, Sendable {
    /// Somebody does not want them.
    public var excluded: Int
    /// Played or listed too lately.
    public var recent: Int
    /// Marked as explicit.
    public var explicit: Int
    /// Other editions of better candidates.
    public var duplicate: Int
    /// Their artist has as many as may be.
    public var artistCap: Int

    /// Shows counts.
    public init(_ removed: [ListFilter: Int]) {
        excluded = removed[.excluded] ?? 0
        recent = removed[.recent] ?? 0
        explicit = removed[.explicit] ?? 0
        duplicate = removed[.duplicate] ?? 0
        artistCap = removed[.artistCap] ?? 0
    }
}

public import Taste

/// One recording in the catalog.
public struct Track: Equatable, Sendable {
    /// What the taste needs to know of it, id included.
    public var description: TrackDescription
    /// The player's content id; nil when only heard or imported without one.
    public var uri: String?

    /// Creates the value of a stored row.
    public init(description: TrackDescription, uri: String? = nil) {
        self.description = description
        self.uri = uri
    }
}

/// A playlist in the order to play, and how many candidates fell out by the way.
public struct BuiltPlaylist: Equatable, Sendable {
    /// Why a candidate is not on the list.
    public enum Filter: String, CaseIterable, Codable, Sendable {
        /// Played or listed too lately.
        case recent
        /// Marked as explicit.
        case explicit
        /// Another edition of a better candidate.
        case duplicate
        /// Its artist has as many tracks as may be.
        case artistCap = "artist_cap"
    }

    /// The tracks in order.
    public var tracks: [RankedTrack]
    /// How many candidates each filter took out.
    public var removed: [Filter: Int]
}

/// A playlist in the order to play, and how many candidates fell out by the way.
public struct BuiltPlaylist: Equatable, Sendable {
    /// The tracks in order.
    public var tracks: [RankedTrack]
    /// How many candidates each filter took out.
    public var removed: [ListFilter: Int]
}

/// How long a playlist should be and how it may vary.
public struct PlaylistPlan: Sendable {
    /// Tracks at most.
    public var totalTracks: Int
    /// Seconds at most, to within a track; nil for no matter.
    ///
    /// Whichever is reached first ends the list.
    public var totalS: Double?
    /// Tracks of one artist at most.
    public var maxPerArtist: Int
    /// Two seeds give lists that differ in part; the same seed gives the same list.
    public var seed: UInt64

    /// Creates a plan.
    public init(
        totalTracks: Int = 25, totalS: Double? = nil, maxPerArtist: Int = 2, seed: UInt64 = 0
    ) {
        self.totalTracks = totalTracks
        self.totalS = totalS
        self.maxPerArtist = maxPerArtist
        self.seed = seed
    }
}

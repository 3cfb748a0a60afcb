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
    /// Tracks that were played or listed of late; they come when too little else fits, the longest unheard first.
    public var recency = Recency.nothing
    /// Where tracks lie in a space of sound, so that what follows sounds like what came before; nil where nobody knows.
    public var sounds: SoundIndex?
    /// The track that the list goes on from; nil for a list of its own.
    public var after: TrackID?
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

/// A playlist in the order to play, and how many candidates fell out by the way.
public struct BuiltPlaylist: Equatable, Sendable {
    /// The tracks in order.
    public var tracks: [RankedTrack]
    /// How many candidates each filter took out.
    public var removed: [ListFilter: Int] = [:]
    /// What a person should know: why it is shorter than asked for, or what had to come again.
    public var notes: [String] = []
}

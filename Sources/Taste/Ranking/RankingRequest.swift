public import Foundation

/// Which music to rank.
public enum RankingMode: String, CaseIterable, Codable, Sendable {
    /// What the profile has played.
    case familiar
    /// Both, in the profile's own share.
    case balanced
    /// Only artists that the profile never played.
    case discovery
}

/// What to rank tracks by.
///
/// The answer depends on this and the index alone.
public struct RankingRequest: Sendable {
    /// Whose taste; nil for a guest.
    public var taste: ProfileTaste?
    /// The same taste, prepared for the catalog that is ranked; nil prepares it anew.
    public var preparedTaste: PreparedTaste?
    /// What the home plays; it fills the list of a profile of which little is known.
    public var household = HouseholdPlays()
    /// What the music should be like; nil for anything.
    public var vibe: Vibe?
    /// Orders in which searches by sound found tracks for the same wish, each with the best first; empty where nobody was
    /// asked.
    public var sound: [[TrackID]] = []
    /// The same wish, prepared for the catalog that is ranked; nil prepares it anew.
    var preparedVibe: VibeScorer?
    /// Known or new music; a guest has no known one.
    public var mode = RankingMode.balanced
    /// How many tracks at most.
    public var limit = 25
    /// How many of them of one artist at most.
    public var maxPerArtist = 2
    /// As if it were that time.
    public var now: Date
    /// Orders what nothing else does, and nothing more.
    public var seed: UInt64 = 0
    /// The only tracks and artists that may be chosen; nil for all.
    public var pool: Pool?
    /// The only tracks that can be played, made for the catalog that is ranked; nil for all.
    public var playable: PlayableTracks?
    /// Tracks that were played or listed lately and must not come again yet.
    public var recent = Recency.nothing
    /// Whether tracks marked as explicit may be chosen.
    public var allowsExplicit = true
    /// Tracks that may not be chosen.
    public var excluded: Set<TrackID> = []
    /// Artists that may not be chosen, by ``TrackIdentity/artistKey(of:)``.
    public var excludedArtists: Set<String> = []
    /// Whether a balanced list goes on with what else there is by artists that were played.
    var isExhaustive = false
    /// What the person said of tracks; set by ``heed(_:)``.
    var verdicts = Verdicts()

    /// Asks for the most popular music; the rest is set.
    public init(now: Date) { self.now = now }
}

extension RankingRequest {
    /// Why a track may not be chosen, apart from its artist; nil if it may.
    func removal(of track: IndexedTrack) -> ListFilter? {
        if excluded.contains(track.id) { return .excluded }
        if recent.contains(track.id) { return .recent }
        return track.isExplicit && !allowsExplicit ? .explicit : nil
    }
}

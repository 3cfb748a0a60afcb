/// Every limit of the household's operations. `docs/operations.md` lists them for users; the limits of JSON are in
/// ``WireJSON``.
public enum Limits {
    /// Longest text in any field, in characters.
    public static let textLength = 1_000
    /// Rejected listens kept; the oldest go first.
    public static let rejectedRows = 1_000
    /// How much of a rejected payload is kept, in bytes.
    public static let rejectedPayloadBytes = 65_536
    /// Most items in one page of a list.
    public static let pageSize = 1_000
    /// Tracks of all lists in one page of playlists. The last list may exceed it.
    public static let pageTracks = 2_000
    /// Size of all payloads in one page of rejected listens, in bytes. The last one may exceed it.
    public static let pagePayloadBytes = 1_048_576
    /// Items in a page when nobody says.
    public static let defaultPageSize = 100
    /// Most tracks in one playlist or recommendation for people.
    public static let playlistTracks = 200
    /// Most tracks one ranking may ask for.
    public static let rankedTracks = 10_000
    /// Most tracks in the catalog.
    public static let catalogTracks = 2_000_000
    /// Most tracks that one library may have.
    public static let libraryTracks = 1_000_000
    /// Most speakers in a house.
    public static let speakers = 1_000
    /// Users of Home Assistant whose profile is remembered; the oldest are forgotten first.
    public static let visitors = 200
    /// Most profiles in a house.
    public static let profiles = 1_000
    /// Artists and tracks in a picture of a taste.
    public static let portraitLength = 50
    /// Artists and tracks of one interest, and new artists of a month, in a picture of a taste.
    public static let portraitSideLength = 12
    /// Plays that were not counted and are remembered, with the reason.
    public static let ignoredPlays = 500
    /// Listens that may wait in memory while the store cannot be written.
    public static let unsavedPlays = 10_000
    /// Playlists kept; the oldest go first.
    public static let playlistRows = 1_000
    /// Titles shown of a speaker's newest list, in bytes: Home Assistant keeps no attributes above 16 KiB.
    public static let listedTitlesBytes = 6_000
    /// Most rows of a file in one batch.
    public static let importedRows = 10_000
    /// Longest play anybody can claim, in seconds.
    public static let playedS = 86_400.0
    /// How far ahead of now a listen may claim to have begun, in seconds.
    public static let clockSkewS = 300.0
    /// How far apart two reports of the same listen begin at most, in seconds.
    public static let sameStartS = 10.0
    /// The same where the times of one report are whole minutes.
    public static let sameMinuteS = 90.0
    /// Listens of one track before and after a report, among which the one that it repeats is looked for.
    public static let sameListens = 64
    /// How long a guest's list keeps its plays nobody's, in seconds.
    public static let guestListS = 43_200.0
    /// Longest time between two checkpoints of a play in progress, in seconds.
    public static let checkpointS = 10.0
    /// How long a command waits for the broker, in seconds. Nothing starts to play an hour later.
    public static let commandExpiryS = 30
    /// How long a correction of history can be undone, in seconds.
    public static let undoS = 30 * 86_400.0
    /// How often a house with shared speakers looks for sessions that are over, in seconds.
    public static let sessionCheckS = 60.0
    /// How long after its end a session is still the one that somebody means, in seconds.
    public static let lastSessionS = 12 * 3_600.0
    /// Most listens of a profile whose taste a correction rebuilds within its transaction. That holds up the house for
    /// about 0.2 s.
    public static let listensRebuiltAtOnce = 100_000
    /// Most tracks, one for each week, that a late listen looks at within its transaction.
    public static let tracksRebuiltAtOnce = 20_000
    /// Tracks of a rebuilt taste that one transaction writes.
    public static let tracksWrittenAtOnce = 2_000
    /// How long a taste that is stale waits for a rebuild, in seconds.
    public static let rebuildDelayS = 1.0
    /// How often a store that failed is tried again, in seconds.
    public static let storeRetryS = 2.0
    /// How long no write may have failed before a small one shows that the store works again, in seconds.
    public static let storeCalmS = 10.0
}

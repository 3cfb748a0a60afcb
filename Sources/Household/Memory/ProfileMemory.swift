import Taste

/// What is kept in memory of a profile: caches of the store, dropped and read again at any time.
///
/// A class, so that one play changes a large taste in place. It never leaves the household; what leaves is a copy of
/// the taste.
final class ProfileMemory {
    /// Its taste, as stored.
    var taste: ProfileTaste
    /// Its counts, as stored.
    var stats: ListenStats
    /// Version and time of the taste.
    var stamp: TasteStamp
    /// What its person said of tracks, as stored.
    var verdicts: [GivenVerdict]
    /// Its taste in a few names, as it was at a version; see ``Household/refreshSummaries()``.
    var summary: TasteSummary?
    /// Version of the taste that was summed up.
    var summaryVersion: Int?

    init(taste: ProfileTaste, stats: ListenStats, stamp: TasteStamp, verdicts: [GivenVerdict]) {
        self.taste = taste
        self.stats = stats
        self.stamp = stamp
        self.verdicts = verdicts
    }
}

import Taste

/// Tastes that are prepared for ranking, of the profiles that lists were last made for.
struct PreparedTastes {
    /// More would take memory that a household of few does not need.
    private static let most = 4

    private struct Entry {
        var profile: Profile.ID
        var version: Int
        var taste: PreparedTaste
    }

    /// The last used is the last.
    private var entries: [Entry] = []

    /// A version of a profile's taste, if it is here and fits.
    mutating func taste(
        of profile: Profile.ID, version: Int, fits: (PreparedTaste) -> Bool
    ) -> PreparedTaste? {
        guard let place = entries.firstIndex(where: { $0.profile == profile }) else { return nil }
        let entry = entries.remove(at: place)
        guard entry.version == version, fits(entry.taste) else { return nil }
        entries.append(entry)
        return entry.taste
    }

    /// Keeps a version of a profile's taste instead of the one before it.
    mutating func keep(_ taste: PreparedTaste, of profile: Profile.ID, version: Int) {
        entries.removeAll { $0.profile == profile }
        entries.append(Entry(profile: profile, version: version, taste: taste))
        if entries.count > Self.most { entries.removeFirst() }
    }

    /// Drops all, because the catalog changed.
    mutating func forget() { entries = [] }
}

public import Foundation

extension MusicIndex {
    /// Part of a balanced list that is new to a profile, by how often it takes up what is new.
    ///
    /// Of the plays of late (fading by half in some 30 days) it counts those by artists that the profile found within the
    /// last 60 days, and begins from 50 plays of which three in ten were:
    /// `(new + 0.3 · 50) / (all + 50)`, at least 0.1 and at most 0.6.
    ///
    /// - Parameters:
    ///   - taste: Whose.
    ///   - now: As if it were that time.
    /// - Returns: 0.1 to 0.6; 0.3 while the profile is too young to tell what is new to it.
    public func discoveryShare(of taste: ProfileTaste, now: Date) -> Double {
        let found = firstPlays(of: taste)
        let newest = now.addingTimeInterval(-DiscoveryShare.newS)
        guard let first = found.values.min(), first < newest.addingTimeInterval(-DiscoveryShare.newS) else {
            return DiscoveryShare.usual
        }
        var all = 0.0
        var new = 0.0
        for (artist, weight) in Interests.recentWeights(of: taste, in: self, now: now).sorted(by: { $0.key < $1.key }) {
            all += weight
            if let found = found[artist], found >= newest { new += weight }
        }
        let share = (new + DiscoveryShare.usual * DiscoveryShare.usualPlays) / (all + DiscoveryShare.usualPlays)
        return min(DiscoveryShare.most, max(DiscoveryShare.least, share))
    }

    /// When a profile first played each artist, by row.
    private func firstPlays(of taste: ProfileTaste) -> [Int32: Date] {
        var found: [Int32: Date] = [:]
        for (id, counters) in taste.counters {
            guard let row = trackRows[id] else { continue }
            let artist = tracks[Int(row)].artist
            found[artist] = min(found[artist] ?? counters.first, counters.first)
        }
        return found
    }
}

/// Figures of ``MusicIndex/discoveryShare(of:now:)``.
private enum DiscoveryShare {
    static let usual = 0.3
    static let usualPlays = 50.0
    static let least = 0.1
    static let most = 0.6
    /// How long an artist is new to a profile.
    static let newS = 60 * 86_400.0
}

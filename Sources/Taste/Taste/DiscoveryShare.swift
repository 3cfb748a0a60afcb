import Foundation

/// The part of a balanced list that is new.
enum DiscoveryShare {
    /// Part of a balanced list that is new to a profile, by how often it takes up what is new.
    ///
    /// Of the plays of late (fading by half in some 30 days) it counts those by artists that the profile found within the
    /// last 60 days, and begins from 50 plays of which three in ten were:
    /// `(new + 0.3 · 50) / (all + 50)`, at least 0.1 and at most 0.6.
    ///
    /// - Parameters:
    ///   - plays: What the profile played.
    ///   - now: As if it were that time.
    /// - Returns: 0.1 to 0.6; 0.3 while the profile is too young to know what is new to it.
    static func ofList(for plays: ArtistPlays, now: Date) -> Double {
        let newest = now.addingTimeInterval(-newS)
        guard let first = plays.all.map(\.first).min(), first < newest.addingTimeInterval(-newS) else {
            return usual
        }
        var all = 0.0
        var new = 0.0
        for artist in plays.all {
            all += artist.recent
            if artist.first >= newest { new += artist.recent }
        }
        return min(most, max(least, (new + usual * usualPlays) / (all + usualPlays)))
    }

    private static let usual = 0.3
    private static let usualPlays = 50.0
    private static let least = 0.1
    private static let most = 0.6
    /// How long an artist is new to a profile.
    private static let newS = 60 * 86_400.0
}

public import Foundation

/// A taste in a few names, for people to look at.
public struct TasteSummary: Codable, Equatable, Sendable {
    /// Artists played most of late, the first the most.
    public var topArtists: [String]
    /// Names of the interests, the most important first.
    public var interests: [String]
}

extension MusicIndex {
    private static let namedArtists = 5
    private static let namedInterests = 5

    /// Sums a taste up.
    ///
    /// - Parameters:
    ///   - taste: Whose.
    ///   - now: As if it were that time.
    /// - Returns: Names, none when nothing was played.
    public func summary(of taste: ProfileTaste, now: Date) -> TasteSummary {
        let plays = ArtistPlays(of: taste, in: self, now: now)
        let weights = plays.byArtist.mapValues(\.recent)
        let strongest = weights.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { artists[Int($0.key)].name }
        var interests: [String] = []
        for name in Interests(of: plays, in: self)?.all.compactMap(\.name) ?? []
        where !interests.contains(name) {
            interests.append(name)
        }
        return TasteSummary(
            topArtists: Array(strongest.filter { !$0.isEmpty }.prefix(Self.namedArtists)),
            interests: Array(interests.prefix(Self.namedInterests)))
    }
}

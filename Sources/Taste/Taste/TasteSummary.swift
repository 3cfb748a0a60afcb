public import Foundation

/// A taste in a few names, for people to look at.
public struct TasteSummary: Codable, Equatable, Sendable {
    /// Artists played most of late, the first the most.
    public var topArtists: [String]
    /// Names of the interests, the most important first.
    public var interests: [String]
}

extension CatalogIndex {
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
        let strongest = plays.all.sorted { ($1.recent, $0.artist) < ($0.recent, $1.artist) }
            .map { artists[Int($0.artist)].name }
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

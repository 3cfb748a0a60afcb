public import Foundation

/// A taste with all that ranking needs of it and that no request changes.
///
/// Making one looks at every track played, so that who answers many requests keeps it as long as it is right. It holds no
/// copy of the taste: a play would then copy all of it.
public final class PreparedTaste: Sendable {
    /// How long a taste counts as of one moment, in seconds: plays fade by a hundredth in the meantime at most.
    private static let stepS = 900.0

    private let catalog: CatalogIdentity
    private let moment: Date
    /// What was played, artist by artist.
    let plays: ArtistPlays
    /// The sides of that taste; nil if it has no artist with tags.
    let interests: Interests?
    /// How artists suit those sides; nil if there are none.
    let merits: ArtistMerits?
    /// All tracks played, the best first.
    let ranked: [ScoredTrack]
    /// Their rows; nil for one that the catalog lacks.
    let rows: [Int32?]
    /// How near tracks are to it.
    let nearness: TasteNearness
    /// Whether it is too young to say what it does not like.
    let isYoung: Bool

    /// Prepares a taste; nil if nothing was ever counted in it.
    ///
    /// - Parameters:
    ///   - taste: Whose.
    ///   - index: The catalog to rank.
    ///   - now: As if it were that time, rounded down to a quarter of an hour.
    public init?(_ taste: ProfileTaste, in index: CatalogIndex, now: Date) {
        guard !taste.isEmpty else { return nil }
        catalog = index.identity
        moment = Self.moment(of: now)
        let tracks = FadedTrack.all(of: taste, in: index, at: moment)
        plays = ArtistPlays(of: tracks, in: index)
        interests = Interests(of: plays, in: index)
        merits = interests.map { ArtistMerits($0, in: index) }
        let ranking = Self.ranking(tracks, taste.kernels, in: index)
        ranked = ranking.map(\.track)
        rows = ranking.map(\.row)
        nearness = TasteNearness(rows: rows, merits: merits, index: index)
        isYoung = taste.isYoung
    }

    /// Whether it is right for a catalog at a time.
    public func fits(_ index: CatalogIndex, at now: Date) -> Bool {
        catalog === index.identity && moment == Self.moment(of: now)
    }

    /// The moment as of which a taste counts at a time: the last full quarter of an hour.
    private static func moment(of time: Date) -> Date {
        let seconds = time.timeIntervalSinceReferenceDate
        return Date(timeIntervalSinceReferenceDate: (seconds / stepS).rounded(.down) * stepS)
    }

    /// What the mean of its artist's tracks weighs in a track's score, as an exponent.
    private static let artistShare = 0.1

    /// All tracks played, the best first, with their rows.
    ///
    /// A track is drawn a little to the others of its artist: who plays all of them returns to each.
    private static func ranking(
        _ tracks: [FadedTrack], _ kernels: KernelState, in index: CatalogIndex
    ) -> [(track: ScoredTrack, row: Int32?)] {
        let mixture = kernels.mixture(for: tracks)
        let scores = tracks.map(mixture.score)
        let artists = tracks.map { $0.row.map { Int(index.tracks[Int($0)].artist) } ?? index.artistCount }
        var sums = [Double](repeating: 0, count: index.artistCount + 1)
        var counts = sums
        for (artist, score) in zip(artists, scores) {
            sums[artist] += score
            counts[artist] += 1
        }
        let ranked = tracks.indices.map { place in
            let mean = sums[artists[place]] / counts[artists[place]]
            let score = scores[place] * pow(mean, artistShare)
            let track = ScoredTrack(score: score, last: tracks[place].last, id: tracks[place].id)
            return (track: track, row: tracks[place].row)
        }
        return ranked.sorted { $0.track > $1.track }
    }
}

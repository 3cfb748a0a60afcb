public import Foundation

/// What pictures of a taste show: interests with their place, artists, tracks and months.
public struct TastePortrait: Sendable {
    /// One side of the taste: all interests of one name.
    public struct Side: Sendable {
        /// The tag that distinguishes it best from other music; nil if its artists share none. No two sides have the same.
        public var name: String?
        /// Share of a list that it is due; all sum to 1.
        public var importance: Double
        /// Where it lies, -1 to 1; sides that sound alike are near.
        public var place: SIMD2<Double>
        public var plays: Int
        /// Its artists, the most played first.
        public var artists: [Artist]
        /// Its tracks, the most played first.
        public var tracks: [TrackID]
    }

    /// An artist with its plays.
    public struct Artist: Sendable {
        /// As first credited.
        public var name: String
        /// Number of different tracks.
        public var tracks: Int
        public var count: PlayTally.Count
    }

    public struct Month: Sendable {
        /// Months since the year 0, as ``LocalTime/month``.
        public var month: Int
        public var plays: Int
        /// Seconds heard.
        public var heardS: Double
        /// Number of plays of each side.
        public var sides: [Int]
        /// Number of artists that were never played before.
        public var newArtists: Int
        /// The most played of them, with all their plays.
        public var new: [Artist]
    }

    /// How alike an artist must be to a side that it is not one of the leading artists of.
    private static let leastLikeness: Float = 0.3

    /// The sides, the most important first.
    public private(set) var sides: [Side] = []
    /// The artists that were played most.
    public private(set) var artists: [Artist] = []
    /// Every month from the first play to the last.
    public private(set) var months: [Month] = []
    public let artistCount: Int
    private let index: CatalogIndex
    private let trackCounts: [Int32: Int]

    /// Draws a taste.
    ///
    /// - Parameters:
    ///   - tally: What was played.
    ///   - taste: What the plays say.
    ///   - index: The catalog.
    ///   - now: As if it were that time.
    ///   - length: Most artists, and most tracks and artists of a side.
    public init(
        _ tally: PlayTally, of taste: ProfileTaste, in index: CatalogIndex, now: Date, length: (list: Int, side: Int)
    ) {
        self.index = index
        artistCount = tally.artists.count
        trackCounts = tally.tracks.keys.reduce(into: [:]) { counts, track in
            if let artist = tally.artist(of: track) { counts[artist, default: 0] += 1 }
        }
        let interests = Interests(of: ArtistPlays(of: taste, in: index, now: now), in: index)
        let groups = interests?.byName ?? []
        let sideOf = Self.sides(of: tally.artists.keys, interests, groups, index)
        sides = drawSides(interests, groups, sideOf, tally, length: length.side)
        artists = listed(tally.artists.keys, tally, length: length.list)
        months = drawMonths(sideOf, tally, length: length.side)
    }

    /// The side of each artist: that whose leading artist it is, else the likest.
    private static func sides(
        of artists: some Sequence<Int32>, _ interests: Interests?, _ groups: [[Int]], _ index: CatalogIndex
    ) -> [Int32: Int] {
        guard let interests else { return [:] }
        var side = [Int](repeating: 0, count: interests.all.count)
        for (number, group) in groups.enumerated() { for interest in group { side[interest] = number } }
        var sides: [Int32: Int] = [:]
        for artist in artists {
            let nearest = interests.nearest(toArtist: Int(artist), in: index)
            if nearest.cosine >= leastLikeness { sides[artist] = side[nearest.interest] }
        }
        for (number, interest) in interests.all.enumerated() {
            for artist in interest.artists { sides[artist] = side[number] }
        }
        return sides
    }

    private func drawSides(
        _ interests: Interests?, _ groups: [[Int]], _ sideOf: [Int32: Int], _ tally: PlayTally, length: Int
    ) -> [Side] {
        guard let interests else { return [] }
        var members = [[Int32]](repeating: [], count: groups.count)
        for artist in tally.artists.keys { if let side = sideOf[artist] { members[side].append(artist) } }
        var tracks = [[TrackID]](repeating: [], count: groups.count)
        for track in tally.tracks.keys {
            if let side = tally.artist(of: track).flatMap({ sideOf[$0] }) { tracks[side].append(track) }
        }
        let places = interests.places2D
        return groups.enumerated().map { side, group in
            let importance = group.reduce(0) { $0 + interests.all[$1].importance }
            let middle = group.reduce(SIMD2<Double>.zero) { $0 + places[$1] * interests.all[$1].importance }
            return Side(
                name: group.first.flatMap { interests.all[$0].name }, importance: importance,
                place: importance > 0 ? middle / importance : .zero,
                plays: members[side].reduce(0) { $0 + (tally.artists[$1]?.plays ?? 0) },
                artists: listed(members[side], tally, length: length),
                tracks: Array(tally.mostPlayed(tracks[side]).prefix(length)))
        }
    }

    private func drawMonths(_ sideOf: [Int32: Int], _ tally: PlayTally, length: Int) -> [Month] {
        guard let first = tally.months.keys.min(), let last = tally.months.keys.max() else { return [] }
        return (first...last).map { number in
            let month = tally.months[number] ?? PlayTally.Month()
            var plays = [Int](repeating: 0, count: sides.count)
            for (artist, count) in month.artists { if let side = sideOf[artist] { plays[side] += count } }
            return Month(
                month: number, plays: month.plays, heardS: month.heardS, sides: plays,
                newArtists: month.newArtists.count, new: listed(month.newArtists, tally, length: length))
        }
    }

    /// The most played of some artists.
    private func listed(_ rows: some Sequence<Int32>, _ tally: PlayTally, length: Int) -> [Artist] {
        let counts = rows.map { (row: $0, count: tally.artists[$0] ?? PlayTally.Count()) }
        let sorted = counts.sorted { ($1.count.plays, $0.row) < ($0.count.plays, $1.row) }
        return sorted.prefix(length).map { row, count in
            Artist(name: index.artists[Int(row)].name, tracks: trackCounts[row] ?? 0, count: count)
        }
    }
}

extension PlayTally {
    /// Tracks in the order of their plays, the most played first, of as many the one that was played last.
    public func mostPlayed(_ tracks: some Sequence<TrackID>) -> [TrackID] {
        let counts = tracks.map { (id: $0, count: self.tracks[$0] ?? Count()) }
        return counts.sorted {
            ($1.count.plays, $1.count.last, $0.id) < ($0.count.plays, $0.count.last, $1.id)
        }.map(\.id)
    }
}

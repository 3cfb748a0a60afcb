public import Foundation

/// A play as far as the question is concerned who heard it.
public struct HeardPlay: Equatable, Codable, Sendable {
    public var trackID: TrackID
    /// When it began.
    public var startedAt: Date
    /// When it ended.
    public var endedAt: Date
    /// Whether it was skipped: no evidence of liking, and little of who.
    public var isSkipped: Bool
    /// Whether it counts for a taste, so that it is learnt.
    public var counts: Bool
    /// The artist's name as it is compared; nil for one that is not known.
    public var artist: String?
    /// Whether nobody knows when it ended; nil is no.
    public var isEndUnknown: Bool?

    /// Creates a play.
    public init(
        trackID: TrackID, startedAt: Date, endedAt: Date, isSkipped: Bool = false, counts: Bool = true,
        artist: String? = nil, isEndUnknown: Bool = false
    ) {
        self.trackID = trackID
        self.startedAt = startedAt
        self.endedAt = endedAt
        self.isSkipped = isSkipped
        self.counts = counts
        self.artist = artist
        self.isEndUnknown = isEndUnknown ? true : nil
    }
}

/// How often somebody played each artist and each track, and when: faded by half in 180 days, and lately by half in three.
///
/// Counts of 180 days are kept as of a fixed day, so that a history does not depend on when it was read, and a play costs
/// the same however long it is.
public struct ListenerHistory: Sendable {
    private struct Artist {
        var count = 0.0
        var lately = FadingCount()
        var firstAt: Double
    }

    private struct Track {
        var count = 0.0
        var lately = FadingCount()
    }

    private var artists: [Int32: Artist] = [:]
    private var tracks: [TrackID: Track] = [:]
    private var total = 0.0
    private var totalLately = FadingCount()
    private var recent = (all: 0.0, new: 0.0)
    /// Start of the first play: before it is 60 days old, everything would be new.
    private var beganAt = Double.infinity
    private var hours = [Double](repeating: 0, count: HourOfWeek.count)
    public private(set) var plays = 0.0

    /// Begins an empty history.
    public init() {}

    /// Counts one more play.
    ///
    /// - Parameters:
    ///   - trackID: The track.
    ///   - artist: Row of its artist in the catalog's index.
    ///   - time: When it began.
    public mutating func learn(_ trackID: TrackID, by artist: Int32, at time: Date) {
        let seconds = time.timeIntervalSinceReferenceDate
        let weight = exp2(seconds / ListenerWeights.halfLifeS)
        let firstAt = min(artists[artist]?.firstAt ?? seconds, seconds)
        let latelyS = ListenerWeights.latelyHalfLifeS
        var known = artists[artist] ?? Artist(firstAt: firstAt)
        known.count += weight
        known.lately.add(at: seconds, halfLifeS: latelyS)
        known.firstAt = firstAt
        artists[artist] = known
        tracks[trackID, default: Track()].count += weight
        tracks[trackID]?.lately.add(at: seconds, halfLifeS: latelyS)
        total += weight
        totalLately.add(at: seconds, halfLifeS: latelyS)
        beganAt = min(beganAt, seconds)
        if seconds - beganAt >= ListenerWeights.newArtistS {
            let recentWeight = exp2(seconds / ListenerWeights.noveltyHalfLifeS)
            recent.all += recentWeight
            if seconds - firstAt < ListenerWeights.newArtistS { recent.new += recentWeight }
        }
        hours[HourOfWeek.of(time)] += 1
        plays += 1
    }

    /// Plays of an artist, of a track and of all, as faded at a time.
    func counts(of trackID: TrackID, by artist: Int32, at time: Date) -> (artist: Double, track: Double, all: Double) {
        let fade = exp2(-time.timeIntervalSinceReferenceDate / ListenerWeights.halfLifeS)
        return ((artists[artist]?.count ?? 0) * fade, (tracks[trackID]?.count ?? 0) * fade, total * fade)
    }

    /// The same of the last days.
    private func latelyCounts(
        of trackID: TrackID, by artist: Int32, at time: Date
    ) -> (artist: Double, track: Double, all: Double) {
        let (seconds, halfLifeS) = (time.timeIntervalSinceReferenceDate, ListenerWeights.latelyHalfLifeS)
        let counts = [artists[artist]?.lately, tracks[trackID]?.lately, totalLately].map {
            $0?.count(at: seconds, halfLifeS: halfLifeS) ?? 0
        }
        return (counts[0], counts[1], counts[2])
    }

    /// Share of plays by artists that are new to this person.
    func novelty(at time: Date) -> Double {
        let fade = exp2(-time.timeIntervalSinceReferenceDate / ListenerWeights.noveltyHalfLifeS)
        let usual = ListenerWeights.usualNoveltyPlays
        let share = (recent.new * fade + ListenerWeights.usualNovelty * usual) / (recent.all * fade + usual)
        return min(max(share, ListenerWeights.novelty.lowerBound), ListenerWeights.novelty.upperBound)
    }

    /// Log weight of this person before anything is heard: by how much they play, and at which hours.
    func logPrior(at time: Date) -> Double {
        let hour = (hours[HourOfWeek.of(time)] + 1) / (plays + Double(HourOfWeek.count))
        return ListenerWeights.activity * log(plays + 1) + ListenerWeights.hour * log(hour)
    }

    /// Log chance that this person plays a track.
    ///
    /// - Parameters:
    ///   - trackID: The track.
    ///   - artist: Its artist.
    ///   - nearness: How near the artist's tags are to this person's, 1 on average over the people of the house.
    ///   - time: When.
    /// - Returns: The natural logarithm.
    func logChance(of trackID: TrackID, by artist: Int32, nearness: Double, at time: Date) -> Double {
        let novelty = novelty(at: time)
        let share = { (counts: (artist: Double, track: Double, all: Double)) in
            ((1 - novelty) * counts.artist + ListenerWeights.track * counts.track)
                / (counts.all + ListenerWeights.smoothing)
        }
        let known =
            (1 - ListenerWeights.lately) * share(counts(of: trackID, by: artist, at: time))
            + ListenerWeights.lately * share(latelyCounts(of: trackID, by: artist, at: time))
        return log(known + novelty * ListenerWeights.newArtist * nearness)
    }

    /// The artists played most, with their shares: the square roots of their counts.
    var strongestArtists: [(row: Int32, share: Float)] {
        // Equal counts keep the order of rows, because a dictionary has none.
        var top = TopK<RankedRow>(limit: ListenerWeights.strongestArtists)
        let scale = 1 / max(total, .leastNormalMagnitude)
        for (row, artist) in artists {
            top.offer(RankedRow(score: Float(artist.count * scale), tie: Int64(row), row: row))
        }
        let strongest = top.sorted().map { (row: $0.row, share: $0.score.squareRoot()) }
        let sum = strongest.reduce(0) { $0 + $1.share }
        return strongest.map { (row: $0.row, share: $0.share / max(sum, .leastNormalMagnitude)) }
    }
}

/// The hour of the day, working days and weekends apart, by UTC: the same person keeps the same hours in any zone.
enum HourOfWeek {
    static let count = 48

    static func of(_ time: Date) -> Int {
        let hours = Int((time.timeIntervalSince1970 / 3_600).rounded(.down))
        let days = Int((time.timeIntervalSince1970 / 86_400).rounded(.down))
        // 1970-01-01 was a Thursday.
        let isWeekend = ((days + 3) % 7 + 7) % 7 >= 5
        return ((hours % 24) + 24) % 24 + (isWeekend ? 24 : 0)
    }
}

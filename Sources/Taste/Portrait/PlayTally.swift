public import Foundation

/// Plays of a profile, added up by track, artist, hour and month.
///
/// Plays come one by one in order of their start, so that a long history needs no room of its own.
public struct PlayTally: Sendable {
    /// What was played of something.
    public struct Count: Sendable {
        public var plays = 0
        /// Seconds heard, as far as anybody measured.
        public var heardS = 0.0
        /// When the first began.
        public var first = Date.distantFuture
        /// When the last began.
        public var last = Date.distantPast

        mutating func add(_ start: Date, _ heardS: Double?) {
            plays += 1
            self.heardS += heardS ?? 0
            first = min(first, start)
            last = max(last, start)
        }
    }

    /// What was played in a month.
    public struct Month: Sendable {
        public var plays = 0
        /// Seconds heard.
        public var heardS = 0.0
        /// Number of plays of each artist, by row.
        var artists: [Int32: Int] = [:]
        /// Rows of the artists that were never played before.
        var newArtists: [Int32] = []
    }

    private let index: CatalogIndex
    private let since: Date
    private var clock: LocalClock
    private var known: Set<Int32> = []
    /// All plays.
    public private(set) var total = Count()
    public private(set) var tracks: [TrackID: Count] = [:]
    /// By the artist's row.
    private(set) var artists: [Int32: Count] = [:]
    /// By weekday, Monday first, and hour.
    public private(set) var hours = [[Int]](repeating: [Int](repeating: 0, count: 24), count: 7)
    /// By month, as ``LocalTime/month``.
    public private(set) var months: [Int: Month] = [:]

    /// Begins to count.
    ///
    /// - Parameters:
    ///   - index: Says whose tracks are.
    ///   - since: Earlier plays are only used to see which artists are new.
    ///   - zone: Where hours and months are those of the people.
    public init(index: CatalogIndex, since: Date?, zone: TimeZone) {
        self.index = index
        self.since = since ?? .distantPast
        clock = LocalClock(zone)
    }

    /// Counts a play.
    public mutating func add(_ track: TrackID, startedAt start: Date, heardS: Double?) {
        let artist = index.trackRows[track].map { index.tracks[Int($0)].artist }
        let isNew = artist.map { known.insert($0).inserted } ?? false
        guard start >= since else { return }
        let time = clock.time(at: start)
        total.add(start, heardS)
        tracks[track, default: Count()].add(start, heardS)
        hours[time.weekday][time.hour] += 1
        months[time.month, default: Month()].plays += 1
        months[time.month, default: Month()].heardS += heardS ?? 0
        guard let artist, !index.artists[Int(artist)].name.isEmpty else { return }
        artists[artist, default: Count()].add(start, heardS)
        months[time.month, default: Month()].artists[artist, default: 0] += 1
        if isNew { months[time.month, default: Month()].newArtists.append(artist) }
    }

    /// The row of a track's artist, if the artist has a name.
    func artist(of track: TrackID) -> Int32? {
        index.trackRows[track].map { index.tracks[Int($0)].artist }.flatMap { artists[$0] == nil ? nil : $0 }
    }
}

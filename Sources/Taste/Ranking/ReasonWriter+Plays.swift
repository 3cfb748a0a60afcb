import Foundation

/// Counts and times as people say them.
enum PlainTime {
    private static let dayS = 86_400.0
    private static let months = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
        "December",
    ]
    private static let calendar: Calendar = {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = .gmt
        return calendar
    }()

    /// "once", "twice this month", "9 times since May", "31 times since March 2019"; a month of this past year needs no
    /// year.
    static func times(_ count: Int, since first: Date, now: Date) -> String {
        switch count {
        case 1: "once"
        case 2: "twice \(span(from: first, to: now))"
        default: "\(count) times \(span(from: first, to: now))"
        }
    }

    /// "within a day", "3 days ago", "4 months ago".
    static func ago(from time: Date, to now: Date) -> String {
        let days = Int((now.timeIntervalSince(time) / dayS).rounded(.down))
        switch days {
        case ...0: return "within a day"
        case 1: return "a day ago"
        case 2..<60: return "\(days) days ago"
        case 60..<730: return "\(days / 30) months ago"
        default: return "\(days / 365) years ago"
        }
    }

    private static func span(from time: Date, to now: Date) -> String {
        let parts = calendar.dateComponents([.year, .month], from: time)
        if parts == calendar.dateComponents([.year, .month], from: now) { return "this month" }
        guard let year = parts.year, let month = parts.month else { return "so far" }
        let isThisPastYear = now.timeIntervalSince(time) < 330 * dayS
        return "since \(months[month - 1])" + (isThisPastYear ? "" : " \(year)")
    }
}

// What was played, and how often.
extension ReasonWriter {
    /// "9 times since May, last 3 days ago"; nil if never.
    func plays(of id: TrackID) -> String? {
        guard let counters = taste?.counters[id] else { return nil }
        let last = PlainTime.ago(from: counters.last, to: now)
        return "\(PlainTime.times(counters.plays, since: counters.first, now: now)), last \(last)"
    }

    /// "31 times since May"; nil if never.
    func plays(ofArtist row: Int32) -> String? {
        let played = playedTracks(ofArtist: row).map(\.counters)
        guard let first = played.map(\.first).min() else { return nil }
        return PlainTime.times(played.reduce(0) { $0 + $1.plays }, since: first, now: now)
    }

    func playedTracks(ofArtist row: Int32) -> [(track: IndexedTrack, counters: PlayCounters)] {
        index.artists[Int(row)].tracks.compactMap { row in
            let track = index.tracks[Int(row)]
            return taste?.counters[track.id].map { (track, $0) }
        }
    }
}

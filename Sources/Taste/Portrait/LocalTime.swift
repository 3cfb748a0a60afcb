public import Foundation

/// Where a moment falls in a time zone: hour, weekday and month.
public struct LocalTime: Equatable, Sendable {
    /// 0 to 23.
    public let hour: Int
    /// 0 is Monday.
    public let weekday: Int
    /// Months since the year 0: twelve times the year, and the month from 0.
    public let month: Int
}

/// Finds local times, and remembers the offsets of days, because asking a time zone for each of many moments is slow.
public struct LocalClock: Sendable {
    private static let dayS = 86_400

    private let zone: TimeZone
    /// The offset of each day of UTC in seconds; nil for a day in which it changes.
    private var offsets: [Int: Int?] = [:]

    /// Creates a clock of a time zone.
    public init(_ zone: TimeZone) { self.zone = zone }

    /// The local time of a moment.
    public mutating func time(at moment: Date) -> LocalTime {
        let seconds = Int(moment.timeIntervalSince1970.rounded(.down))
        let local = seconds + offset(at: moment, day: Self.floored(seconds, by: Self.dayS))
        let day = Self.floored(local, by: Self.dayS)
        // 1970 began on a Thursday.
        let weekday = (day % 7 + 7 + 3) % 7
        return LocalTime(hour: (local - day * Self.dayS) / 3_600, weekday: weekday, month: Self.month(ofDay: day))
    }

    private mutating func offset(at moment: Date, day: Int) -> Int {
        if let known = offsets[day] { return known ?? zone.secondsFromGMT(for: moment) }
        let ends = [day, day + 1].map { Date(timeIntervalSince1970: Double($0 * Self.dayS)) }
        let atEnds = ends.map { zone.secondsFromGMT(for: $0) }
        offsets[day] = .some(atEnds[0] == atEnds[1] ? atEnds[0] : nil)
        return offset(at: moment, day: day)
    }

    /// The month of a day since 1970.
    ///
    /// https://howardhinnant.github.io/date_algorithms.html#civil_from_days
    private static func month(ofDay day: Int) -> Int {
        let shifted = day + 719_468
        let era = floored(shifted, by: 146_097)
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        return (era * 400 + yearOfEra) * 12 + monthFromMarch + 2
    }

    private static func floored(_ number: Int, by divisor: Int) -> Int {
        number >= 0 ? number / divisor : -((divisor - 1 - number) / divisor)
    }
}

public import Foundation

/// The one form in which Haunt writes and reads times: RFC 3339, written in UTC, as in `2026-11-22T18:04:05Z`.
public enum RFC3339 {
    /// Writes a time in UTC, to the millisecond; whole seconds have no fraction.
    ///
    /// - Parameter date: The time; what lies outside the years 0000 to 9999 is written as the nearest that does not.
    /// - Returns: As in `2026-11-22T18:04:05Z` or `2026-11-22T18:04:05.250Z`.
    public static func string(from date: Date) -> String {
        let seconds = date.timeIntervalSince1970
        let bounded = seconds.isNaN ? 0 : min(max((seconds * 1000).rounded(), firstMs), lastMs)
        let (days, ms) = Int(bounded).flooredDivision(by: 86_400_000)
        let day = CalendarDay(daysSince1970: days)
        var text: [UInt8] = []
        text.reserveCapacity("2026-11-22T18:04:05.250Z".utf8.count)
        append(day.year, digits: 4, to: &text)
        append(day.month, digits: 2, after: "-", to: &text)
        append(day.day, digits: 2, after: "-", to: &text)
        append(ms / 3_600_000, digits: 2, after: "T", to: &text)
        append(ms / 60_000 % 60, digits: 2, after: ":", to: &text)
        append(ms / 1000 % 60, digits: 2, after: ":", to: &text)
        if ms % 1000 != 0 { append(ms % 1000, digits: 3, after: ".", to: &text) }
        text.append(UInt8(ascii: "Z"))
        return String(decoding: text, as: UTF8.self)
    }

    private static let firstMs = Double(CalendarDay(year: 0, month: 1, day: 1).daysSince1970) * 86_400_000
    private static let lastMs = Double(CalendarDay(year: 10_000, month: 1, day: 1).daysSince1970) * 86_400_000 - 1

    private static func append(_ number: Int, digits: Int, after mark: Unicode.Scalar? = nil, to text: inout [UInt8]) {
        if let mark { text.append(UInt8(ascii: mark)) }
        var unit = [1, 10, 100, 1000][digits - 1]
        while unit > 0 {
            text.append(UInt8(ascii: "0") + UInt8(number / unit % 10))
            unit /= 10
        }
    }
}

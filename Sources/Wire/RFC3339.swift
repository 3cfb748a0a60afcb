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

/// Reading: every part but the fraction stands at a fixed place, so nothing is searched for.
extension RFC3339 {
    /// Reads a time.
    ///
    /// - Parameter text: Date, `T`, time, and `Z` or an offset such as `+01:00`; a fraction of a second is read to the
    ///   microsecond. Nothing else may stand around it.
    /// - Returns: The time, or nil when this is no RFC 3339 or no day of the calendar.
    public static func date(from text: some StringProtocol) -> Date? {
        date(fromUTF8: Array(text.utf8).span)
    }

    /// Reads a time from the bytes of its text.
    ///
    /// - Parameter text: As for ``date(from:)``, in UTF-8.
    /// - Returns: The time, or nil.
    public static func date(fromUTF8 text: Span<UInt8>) -> Date? {
        var end = secondsEnd
        guard text.count > end, let day = day(in: text), let second = secondOfDay(in: text),
            let micros = micros(in: text, endingAt: &end), let offset = offset(in: text, from: end)
        else { return nil }
        let seconds = day.daysSince1970 * 86_400 + second - offset
        // One exact sum and one rounding: a time in whole milliseconds reads as the same Date wherever it comes from.
        return Date(timeIntervalSince1970: Double(seconds * 1_000_000 + micros) / 1_000_000)
    }

    /// Where the whole seconds end: `2026-11-22T18:04:05` and then a fraction or the zone.
    private static let secondsEnd = 19
    /// Digits of a fraction that count; a Date holds no finer ones near our time.
    private static let fractionDigits = 6

    private static func day(in text: Span<UInt8>) -> CalendarDay? {
        guard text[4] == UInt8(ascii: "-"), text[7] == UInt8(ascii: "-"),
            let year = number(in: text, 0..<4), let month = number(in: text, 5..<7), let day = number(in: text, 8..<10)
        else { return nil }
        let date = CalendarDay(year: year, month: month, day: day)
        return date.isReal ? date : nil
    }

    private static func secondOfDay(in text: Span<UInt8>) -> Int? {
        guard text[10] | 0x20 == UInt8(ascii: "t"), text[13] == UInt8(ascii: ":"), text[16] == UInt8(ascii: ":"),
            let hour = number(in: text, 11..<13), let minute = number(in: text, 14..<16),
            let second = number(in: text, 17..<19), hour < 24, minute < 60, second < 60
        else { return nil }
        return hour * 3600 + minute * 60 + second
    }

    private static func micros(in text: Span<UInt8>, endingAt end: inout Int) -> Int? {
        guard text[end] == UInt8(ascii: ".") else { return 0 }
        end += 1
        let start = end
        var micros = 0
        while end < text.count, let digit = digit(text[end]) {
            if end - start < fractionDigits { micros = micros * 10 + digit }
            end += 1
        }
        guard end > start else { return nil }
        for _ in min(end - start, fractionDigits)..<fractionDigits { micros *= 10 }
        return micros
    }

    /// Seconds to take off to be in UTC.
    private static func offset(in text: Span<UInt8>, from start: Int) -> Int? {
        guard start < text.count else { return nil }
        if text[start] | 0x20 == UInt8(ascii: "z") { return text.count == start + 1 ? 0 : nil }
        guard text.count == start + 6, text[start + 3] == UInt8(ascii: ":"),
            let hours = number(in: text, start + 1..<start + 3), let minutes = number(in: text, start + 4..<start + 6),
            hours < 24, minutes < 60
        else { return nil }
        switch text[start] {
        case UInt8(ascii: "+"): return hours * 3600 + minutes * 60
        case UInt8(ascii: "-"): return -(hours * 3600 + minutes * 60)
        default: return nil
        }
    }

    private static func number(in text: Span<UInt8>, _ range: Range<Int>) -> Int? {
        var number = 0
        for index in range {
            guard let digit = digit(text[index]) else { return nil }
            number = number * 10 + digit
        }
        return number
    }

    private static func digit(_ byte: UInt8) -> Int? {
        let value = byte &- UInt8(ascii: "0")
        return value < 10 ? Int(value) : nil
    }
}

/// A day of the Gregorian calendar, extended to all years.
///
/// The sums are those of Howard Hinnant, "chrono-compatible low-level date algorithms": years begin in March, so that
/// the day a leap year adds is the last one; 400 years are an era of 146,097 days.
struct CalendarDay: Equatable {
    let year: Int
    let month: Int
    let day: Int

    private static let daysPerEra = 146_097
    /// Days from 1 March 0000 to 1 January 1970.
    private static let daysTo1970 = 719_468

    init(year: Int, month: Int, day: Int) {
        self.year = year
        self.month = month
        self.day = day
    }

    /// The day so many days after 1 January 1970.
    init(daysSince1970: Int) {
        let (era, dayOfEra) = (daysSince1970 + Self.daysTo1970).flooredDivision(by: Self.daysPerEra)
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
        month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    }

    /// How many days after 1 January 1970 this is.
    var daysSince1970: Int {
        let (era, yearOfEra) = (month <= 2 ? year - 1 : year).flooredDivision(by: 400)
        let monthFromMarch = month > 2 ? month - 3 : month + 9
        let dayOfYear = (153 * monthFromMarch + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * Self.daysPerEra + dayOfEra - Self.daysTo1970
    }

    /// Whether the calendar has this day.
    var isReal: Bool {
        (1...12).contains(month) && day >= 1 && CalendarDay(daysSince1970: daysSince1970) == self
    }
}

extension Int {
    /// Divides so that the remainder is never negative.
    func flooredDivision(by divisor: Int) -> (quotient: Int, remainder: Int) {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
    }
}

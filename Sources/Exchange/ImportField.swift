import Foundation
import Wire

/// One value of a row, as the file has it.
enum ImportField: Equatable {
    case text(String)
    case number(Double)
    case bool(Bool)
    case list([String])

    /// The value as a finite number in decimal notation, with or without an exponent.
    var number: Double? {
        switch self {
        case .number(let number): number
        case .text(let text): Self.number(text)
        case .bool, .list: nil
        }
    }

    /// The value as a boolean.
    var bool: Bool? {
        switch self {
        case .bool(let bool): bool
        case .number(let number): number == 1 ? true : number == 0 ? false : nil
        case .text(let text): Self.booleans[text.lowercased()]
        case .list: nil
        }
    }

    private static let booleans = [
        "true": true, "1": true, "yes": true, "1.0": true, "false": false, "0": false, "no": false, "0.0": false,
    ]

    /// Swift's own parser of numbers is fast, but accepts hexadecimal digits, `inf` and `nan` too.
    private static func number(_ text: String) -> Double? {
        let isDecimal = text.utf8.allSatisfy { byte in
            (0x30...0x39).contains(byte) || byte == 0x2B || (0x2D...0x2E).contains(byte) || byte | 0x20 == 0x65
        }
        guard isDecimal, let number = Double(text), number.isFinite else { return nil }
        return number
    }
}

/// Times as other programs export them. All are in UTC.
extension ImportField {
    /// The value as a time: RFC 3339, `2026-11-22 18:04`, `22 Nov 2026, 18:04`, or seconds or milliseconds since 1970.
    ///
    /// A number within the first day of 1970 is no time: exports write 0 when they do not know it.
    var date: Date? {
        if let number {
            let seconds = number >= Self.firstMilliseconds ? number / 1000 : number
            let isKnown = seconds >= 86_400 && seconds <= Self.firstMilliseconds
            return isKnown ? Date(timeIntervalSince1970: seconds) : nil
        }
        guard case .text(let text) = self else { return nil }
        return RFC3339.date(from: text) ?? Self.dateWithoutZone(text) ?? Self.dateWithMonthName(text)
    }

    /// Numbers from here on are milliseconds: as seconds they would be in the year 5138.
    private static let firstMilliseconds = 1e11
    private static let months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]

    /// `2026-11-22 18:04`, with or without seconds.
    private static func dateWithoutZone(_ text: String) -> Date? {
        let parts = text.split(separator: " ")
        guard parts.count == 2 else { return nil }
        return date(day: parts[0], time: parts[1])
    }

    /// `22 Nov 2026 18:04`, with or without a comma.
    private static func dateWithMonthName(_ text: String) -> Date? {
        let parts = text.split { $0 == " " || $0 == "," }
        guard parts.count == 4, parts[0].utf8.count <= 2,
            let month = months.firstIndex(of: parts[1].prefix(3).lowercased())
        else { return nil }
        let day = [String(parts[2]), twoDigits("\(month + 1)"), twoDigits(parts[0])].joined(separator: "-")
        return date(day: day, time: parts[3])
    }

    private static func date(day: some StringProtocol, time: Substring) -> Date? {
        RFC3339.date(from: "\(day)T\(time.utf8.count == 5 ? "\(time):00" : String(time))Z")
    }

    private static func twoDigits(_ number: some StringProtocol) -> String {
        number.utf8.count == 1 ? "0\(number)" : String(number)
    }
}

extension String {
    /// The text without white space at its ends, and with spaces for control characters.
    var cleaned: String {
        guard let first = utf8.first, let last = utf8.last else { return self }
        let isDirty = first <= 0x20 || last <= 0x20 || utf8.contains { $0 < 0x20 || $0 == 0x7F }
        guard isDirty else { return self }
        let scalars = unicodeScalars.map { $0.value < 0x20 || $0.value == 0x7F ? " " : $0 }
        let start = scalars.firstIndex { $0 != " " } ?? scalars.endIndex
        let end = scalars.lastIndex { $0 != " " } ?? start
        var clean = String.UnicodeScalarView()
        if start < scalars.endIndex { clean.append(contentsOf: scalars[start...end]) }
        return String(clean)
    }
}

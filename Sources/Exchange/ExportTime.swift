import Foundation
import Wire

/// Times as other programs export them, all in UTC: RFC 3339, `2026-11-22 18:04`, `22 Nov 2026, 18:04`, seconds or
/// milliseconds since 1970.
enum ExportTime {
    /// Numbers from here on are milliseconds: as seconds they would be the year 5138.
    private static let firstMilliseconds = 1e11
    private static let months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]

    /// Reads a time; nil when it is none of these, or 1970: that is how exports write that they do not know.
    static func date(from field: ImportField) -> Date? {
        if let number = field.number {
            let seconds = number >= firstMilliseconds ? number / 1000 : number
            return seconds >= 86_400 && seconds <= firstMilliseconds ? Date(timeIntervalSince1970: seconds) : nil
        }
        guard case .text(let text) = field else { return nil }
        return RFC3339.date(from: text) ?? plainDate(text) ?? spokenDate(text)
    }

    /// `2026-11-22 18:04`, with seconds or without.
    private static func plainDate(_ text: String) -> Date? {
        let parts = text.split(separator: " ")
        guard parts.count == 2 else { return nil }
        return date(day: parts[0], time: parts[1])
    }

    /// `22 Nov 2026 18:04`, with a comma or without.
    private static func spokenDate(_ text: String) -> Date? {
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

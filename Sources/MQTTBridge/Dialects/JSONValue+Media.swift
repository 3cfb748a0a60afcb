import Foundation
import Household
import Wire

/// Values as players send them.
extension JSONValue {
    /// Durations above this are how some players say that a stream has no end, in seconds.
    private static let longestTrackS = 86_400.0

    /// A text; several, as some players send artists, become one.
    ///
    /// Nil when there is nothing in it.
    var mediaText: String? {
        let text: String? =
            switch self {
            case .string(let text): text
            case .number(let number): Int64(exactly: number).map(String.init) ?? "\(number)"
            case .array(let items): items.compactMap(\.mediaText).joined(separator: ", ")
            case .null, .bool, .object: nil
            }
        let printable = text?.unicodeScalars.filter { $0.properties.generalCategory != .control }
        let trimmed = printable.map { String($0).trimmingCharacters(in: .whitespacesAndNewlines) } ?? ""
        return trimmed.isEmpty ? nil : String(trimmed.prefix(Limits.textLength))
    }

    /// A number, which some players write as a text.
    var mediaNumber: Double? {
        let number: Double? =
            switch self {
            case .number(let number): number
            case .string(let text): Double(text)
            default: nil
            }
        return number.flatMap { $0.isFinite ? $0 : nil }
    }

    /// Whether seconds can be the length of a track.
    static func isDuration(_ seconds: Double) -> Bool { seconds > 0 && seconds < longestTrackS }
}

/// Times as `H:MM:SS`.
enum ClockTime {
    /// Seconds of `0:04:06`, `4:06` or `4:06.5`; nil when it is no such time.
    static func seconds(_ text: String) -> Double? {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false).map { Double($0) }
        guard (2...3).contains(parts.count) else { return nil }
        return parts.reduce(0) { sum, part in
            guard let sum, let part, part.isFinite, part >= 0 else { return nil }
            return sum * 60 + part
        }
    }
}

import Wire
import Listening

/// Values as players send them.
extension JSONValue {
    /// A text as it was sent; several, as some players send artists, become one.
    ///
    /// Nil when it is none.
    var rawText: String? {
        switch self {
        case .string(let text): text
        case .number(let number): Int64(exactly: number).map(String.init) ?? "\(number)"
        case .array(let items): items.compactMap(\.rawText).joined(separator: ", ")
        case .null, .bool, .object: nil
        }
    }

    /// A text without what cannot be printed; nil when there is nothing in it.
    var mediaText: String? { rawText.flatMap { MediaDescription.text($0) } }

    /// A text as it was sent that has something in it to print.
    var printable: String? {
        guard let text = rawText, MediaDescription.text(text) != nil else { return nil }
        return String(text.prefix(MediaDescription.textLength))
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

/// Payloads that are a text and nothing else.
enum PlainText {
    /// Longest text that is looked at, in bytes.
    private static let longest = 4 * MediaDescription.textLength

    /// The text of a payload, cut where it is very long; nil when it is no UTF-8.
    static func text(_ payload: [UInt8]) -> String? {
        guard payload.count > longest else { return String(validating: payload, as: UTF8.self) }
        return String(decoding: payload.prefix(longest), as: UTF8.self)
    }
}

import Foundation

/// A name as lower-case words without accents, and where its brackets and dashes stood.
///
/// Catalogs are almost all ASCII, so bytes are folded directly and only other text takes the way through Unicode.
struct FoldedText {
    /// Marks between words.
    ///
    /// They are control characters, which no folded word holds.
    enum Mark {
        static let open: UInt8 = 1
        static let close: UInt8 = 2
        static let dash: UInt8 = 3
        static let comma: UInt8 = 4
        static let space = UInt8(ascii: " ")
    }

    /// Words parted by single spaces or marks.
    private(set) var bytes: [UInt8] = []
    private let original: String

    /// Folds a name.
    init(_ text: String) {
        original = text
        var text = text
        bytes.reserveCapacity(text.utf8.count + 8)
        if text.utf8.contains(where: { $0 >= 0x80 }) { text = text.foldedToPlainLetters() }
        for byte in text.utf8 { append(byte) }
        if bytes.last == Mark.space { bytes.removeLast() }
    }

    /// The words alone.
    var words: [String] { bytes.split { $0 <= Mark.space }.map { String(decoding: $0, as: UTF8.self) } }

    /// The whole name, for names that are nothing but signs: "!!!" and "???" must stay two artists.
    var whole: String {
        let words = words(in: bytes[...])
        if !words.isEmpty { return words }
        return original.trimmingCharacters(in: .whitespacesAndNewlines).lowercased()
    }

    /// The words of a part, marks taken out; empty if there is none.
    func words(in part: ArraySlice<UInt8>) -> String {
        var out: [UInt8] = []
        out.reserveCapacity(part.count)
        for byte in part {
            if byte > Mark.space {
                out.append(byte)
            } else if let last = out.last, last != Mark.space {
                out.append(Mark.space)
            }
        }
        if out.last == Mark.space { out.removeLast() }
        return String(decoding: out, as: UTF8.self)
    }

    private mutating func append(_ byte: UInt8) {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), 0x80...: bytes.append(byte)
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): bytes.append(byte | 0x20)
        case UInt8(ascii: "'"), UInt8(ascii: "`"): break
        case UInt8(ascii: "$"): bytes.append(UInt8(ascii: "s"))
        case UInt8(ascii: "&"), UInt8(ascii: "+"): appendAnd(byte)
        case UInt8(ascii: "("), UInt8(ascii: "["), UInt8(ascii: "{"): mark(Mark.open)
        case UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: "}"): mark(Mark.close)
        case UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "/"): mark(Mark.comma)
        case UInt8(ascii: "-"): appendDash()
        default: appendSpace()
        }
    }

    /// A dash after a space begins a remark ("Song - Live"); one inside a word parts it ("a-ha").
    private mutating func appendDash() {
        if bytes.last == Mark.space { bytes[bytes.count - 1] = Mark.dash } else { appendSpace() }
    }

    private mutating func appendAnd(_ byte: UInt8) {
        // A plus that hangs on a word is a sign ("+44"); between words it says "and".
        guard byte == UInt8(ascii: "&") || bytes.last == Mark.space else { return appendSpace() }
        appendSpace()
        bytes.append(contentsOf: "and ".utf8)
    }

    private mutating func mark(_ mark: UInt8) {
        if bytes.last == Mark.space { bytes.removeLast() }
        bytes.append(mark)
    }

    private mutating func appendSpace() {
        if let last = bytes.last, last > Mark.space { bytes.append(Mark.space) }
    }
}

/// Reads the tokens of JSON (RFC 8259) in UTF-8: separators, strings, numbers and words.
public struct JSONLexer {
    private let bytes: ArraySlice<UInt8>
    private let replacesLoneSurrogates: Bool
    private var index: Int

    /// Begins at the first byte, or after a byte order mark.
    ///
    /// - Parameters:
    ///   - bytes: The document.
    ///   - replacesLoneSurrogates: Whether a `\u` escape of half a character is U+FFFD. It is malformed otherwise.
    public init(_ bytes: ArraySlice<UInt8>, replacesLoneSurrogates: Bool = false) {
        self.bytes = bytes
        self.replacesLoneSurrogates = replacesLoneSurrogates
        index = bytes.startIndex + (bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0)
    }

    private var byte: UInt8? { index < bytes.endIndex ? bytes[index] : nil }

    /// The next byte that is no white space; nil at the end.
    public mutating func next() -> UInt8? {
        while let byte, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { index += 1 }
        return byte
    }

    /// Skips white space and then this character, if it is next.
    public mutating func skip(_ scalar: Unicode.Scalar) -> Bool {
        guard next() == UInt8(ascii: scalar) else { return false }
        index += 1
        return true
    }

    /// Skips one of the words `true`, `false` and `null`.
    ///
    /// - Throws: ``JSONError/malformed`` when another one is next.
    public mutating func skip(word: String) throws(JSONError) {
        guard bytes[index...].starts(with: word.utf8) else { throw .malformed }
        index += word.utf8.count
    }

    /// Reads a number. One that is too large for a `Double` is malformed.
    public mutating func number() throws(JSONError) -> Double {
        let start = index
        if byte == UInt8(ascii: "-") { index += 1 }
        let startsWithZero = byte == UInt8(ascii: "0")
        let digits = skipDigits()
        guard digits > 0, digits == 1 || !startsWithZero else { throw .malformed }
        if byte == UInt8(ascii: ".") {
            index += 1
            guard skipDigits() > 0 else { throw .malformed }
        }
        if let exponent = byte, exponent | 0x20 == UInt8(ascii: "e") {
            index += 1
            if byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-") { index += 1 }
            guard skipDigits() > 0 else { throw .malformed }
        }
        let text = String(decoding: bytes[start..<index], as: UTF8.self)
        guard let number = Double(text), number.isFinite else { throw .malformed }
        return number
    }

    private mutating func skipDigits() -> Int {
        let start = index
        while let byte, Self.isDigit(byte) { index += 1 }
        return index - start
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
}

// Texts and their escapes.
extension JSONLexer {
    /// Reads a string from quote to quote.
    public mutating func string() throws(JSONError) -> String {
        guard next() == UInt8(ascii: "\"") else { throw .malformed }
        let start = index + 1
        var end = start
        while end < bytes.endIndex, bytes[end] != UInt8(ascii: "\""), bytes[end] != UInt8(ascii: "\\") {
            guard bytes[end] >= 0x20 else { throw .malformed }
            end += 1
        }
        guard end < bytes.endIndex else { throw .malformed }
        guard bytes[end] == UInt8(ascii: "\\") else {
            index = end + 1
            return try Self.text(bytes[start..<end])
        }
        index = end
        return try escapedString(after: Array(bytes[start..<end]))
    }

    private mutating func escapedString(after plain: [UInt8]) throws(JSONError) -> String {
        var text = plain
        while let byte {
            index += 1
            switch byte {
            case UInt8(ascii: "\""): return try Self.text(text[...])
            case UInt8(ascii: "\\"): text.append(contentsOf: Array(String(Character(try escape())).utf8))
            case ..<0x20: throw .malformed
            default: text.append(byte)
            }
        }
        throw .malformed
    }

    private static func text(_ bytes: ArraySlice<UInt8>) throws(JSONError) -> String {
        guard let text = String(validating: bytes, as: UTF8.self) else { throw .malformed }
        return text
    }

    private mutating func escape() throws(JSONError) -> Unicode.Scalar {
        guard let byte else { throw .malformed }
        index += 1
        switch byte {
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "b"): return "\u{8}"
        case UInt8(ascii: "f"): return "\u{C}"
        case UInt8(ascii: "u"): return try unicodeEscape()
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(byte)
        default: throw .malformed
        }
    }

    /// Reads four hexadecimal digits, or a surrogate pair.
    private mutating func unicodeEscape() throws(JSONError) -> Unicode.Scalar {
        let unit = try hexadecimal()
        if let scalar = Unicode.Scalar(unit) { return scalar }
        guard UTF16.isLeadSurrogate(unit), bytes[index...].starts(with: "\\u".utf8) else { return try loneSurrogate() }
        let afterLead = index
        index += 2
        let trail = try hexadecimal()
        guard UTF16.isTrailSurrogate(trail) else {
            index = afterLead
            return try loneSurrogate()
        }
        let value = 0x10000 + (UInt32(unit) - 0xD800) << 10 + UInt32(trail) - 0xDC00
        guard let scalar = Unicode.Scalar(value) else { throw .malformed }
        return scalar
    }

    private func loneSurrogate() throws(JSONError) -> Unicode.Scalar {
        guard replacesLoneSurrogates else { throw .malformed }
        return "\u{FFFD}"
    }

    private mutating func hexadecimal() throws(JSONError) -> UInt16 {
        guard bytes.endIndex - index >= 4 else { throw .malformed }
        var unit: UInt16 = 0
        for byte in bytes[index..<index + 4] {
            guard let digit = Character(Unicode.Scalar(byte)).hexDigitValue else { throw .malformed }
            unit = unit << 4 | UInt16(digit)
        }
        index += 4
        return unit
    }
}

/// Reads JSON (RFC 8259) in UTF-8 into values.
struct JSONReader {
    private let bytes: [UInt8]
    private let allowsRepeatedNames: Bool
    private var index = 0

    /// Reads a document.
    ///
    /// - Parameters:
    ///   - bytes: The document, which may begin with a byte order mark.
    ///   - allowsRepeatedNames: Whether an object may have a name twice; the last one holds.
    /// - Returns: The value.
    /// - Throws: ``JSONError``.
    static func value(of bytes: [UInt8], allowsRepeatedNames: Bool) throws(JSONError) -> JSONValue {
        var reader = JSONReader(bytes: bytes, allowsRepeatedNames: allowsRepeatedNames)
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { reader.index = 3 }
        let value = try reader.value(depth: 0)
        reader.skipSpace()
        guard reader.index == bytes.count else { throw .malformed }
        return value
    }

    private init(bytes: [UInt8], allowsRepeatedNames: Bool) {
        self.bytes = bytes
        self.allowsRepeatedNames = allowsRepeatedNames
    }

    private var byte: UInt8? { index < bytes.count ? bytes[index] : nil }

    private mutating func skipSpace() {
        while let byte, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { index += 1 }
    }

    /// Skips white space and then this character, if it is next.
    private mutating func skip(_ scalar: Unicode.Scalar) -> Bool {
        skipSpace()
        guard byte == UInt8(ascii: scalar) else { return false }
        index += 1
        return true
    }

    private mutating func value(depth: Int) throws(JSONError) -> JSONValue {
        skipSpace()
        switch byte {
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "{"): return .object(try object(depth: depth + 1))
        case UInt8(ascii: "["): return .array(try array(depth: depth + 1))
        case UInt8(ascii: "t"): return try literal("true", .bool(true))
        case UInt8(ascii: "f"): return try literal("false", .bool(false))
        case UInt8(ascii: "n"): return try literal("null", .null)
        default: return .number(try number())
        }
    }

    private mutating func object(depth: Int) throws(JSONError) -> [String: JSONValue] {
        guard depth <= WireJSON.maxNesting else { throw .tooDeep }
        index += 1
        var fields: [String: JSONValue] = [:]
        if skip("}") { return fields }
        repeat {
            skipSpace()
            guard byte == UInt8(ascii: "\"") else { throw .malformed }
            let name = try string()
            guard skip(":") else { throw .malformed }
            let value = try value(depth: depth)
            guard fields.updateValue(value, forKey: name) == nil || allowsRepeatedNames else {
                throw .repeatedName(name)
            }
        } while skip(",")
        guard skip("}") else { throw .malformed }
        return fields
    }

    private mutating func array(depth: Int) throws(JSONError) -> [JSONValue] {
        guard depth <= WireJSON.maxNesting else { throw .tooDeep }
        index += 1
        var items: [JSONValue] = []
        if skip("]") { return items }
        repeat { items.append(try value(depth: depth)) } while skip(",")
        guard skip("]") else { throw .malformed }
        return items
    }

    private mutating func literal(_ text: String, _ value: JSONValue) throws(JSONError) -> JSONValue {
        guard bytes[index...].starts(with: text.utf8) else { throw .malformed }
        index += text.utf8.count
        return value
    }

    /// Reads a number. One that is too large for a `Double` is malformed.
    private mutating func number() throws(JSONError) -> Double {
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
extension JSONReader {
    private mutating func string() throws(JSONError) -> String {
        let start = index + 1
        var end = start
        while end < bytes.count, bytes[end] != UInt8(ascii: "\""), bytes[end] != UInt8(ascii: "\\") {
            guard bytes[end] >= 0x20 else { throw .malformed }
            end += 1
        }
        guard end < bytes.count else { throw .malformed }
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
        guard UTF16.isLeadSurrogate(unit), bytes[index...].starts(with: "\\u".utf8) else { throw .malformed }
        index += 2
        let trail = try hexadecimal()
        guard UTF16.isTrailSurrogate(trail) else { throw .malformed }
        let value = 0x10000 + (UInt32(unit) - 0xD800) << 10 + UInt32(trail) - 0xDC00
        guard let scalar = Unicode.Scalar(value) else { throw .malformed }
        return scalar
    }

    private mutating func hexadecimal() throws(JSONError) -> UInt16 {
        guard bytes.count - index >= 4 else { throw .malformed }
        var unit: UInt16 = 0
        for byte in bytes[index..<index + 4] {
            guard let digit = Character(Unicode.Scalar(byte)).hexDigitValue else { throw .malformed }
            unit = unit << 4 | UInt16(digit)
        }
        index += 4
        return unit
    }
}

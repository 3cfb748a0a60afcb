import Wire

/// Parses one JSON object into a row.
///
/// Only the values of known columns are stored. The others are checked and dropped.
struct JSONRowParser<Column: ImportColumn> {
    private let bytes: ArraySlice<UInt8>
    private var index: Int
    private var row: ImportRow<Column>

    /// Parses an object.
    ///
    /// - Parameters:
    ///   - bytes: The object from brace to brace.
    ///   - line: The line it begins on.
    /// - Returns: The row; nil when the bytes are not JSON.
    static func row(_ bytes: ArraySlice<UInt8>, line: Int) -> ImportRow<Column>? {
        var parser = JSONRowParser(bytes: bytes, index: bytes.startIndex, row: ImportRow(line: line))
        guard parser.object(path: "", depth: 0) else { return nil }
        parser.skipSpace()
        return parser.index == bytes.endIndex ? parser.row : nil
    }

    private var byte: UInt8? { index < bytes.endIndex ? bytes[index] : nil }

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

    private mutating func object(path: String, depth: Int) -> Bool {
        guard depth < WireJSON.maxNesting, skip("{") else { return false }
        guard !skip("}") else { return true }
        repeat {
            skipSpace()
            guard let key = string(), skip(":") else { return false }
            let name = path.isEmpty ? key : "\(path).\(key)"
            guard let value = value(path: name, depth: depth) else { return false }
            if let column = Column.names[name], let field = value.field { row[column] = field }
        } while skip(",")
        return skip("}")
    }

    /// A valid value; objects and `null` have no field.
    private struct Value {
        var field: ImportField?
    }

    private mutating func value(path: String, depth: Int) -> Value? {
        skipSpace()
        switch byte {
        case UInt8(ascii: "\""): return string().map { Value(field: .text($0)) }
        case UInt8(ascii: "{"): return object(path: path, depth: depth + 1) ? Value() : nil
        case UInt8(ascii: "["): return array(path: path, depth: depth + 1)
        case UInt8(ascii: "t"): return literal("true", Value(field: .bool(true)))
        case UInt8(ascii: "f"): return literal("false", Value(field: .bool(false)))
        case UInt8(ascii: "n"): return literal("null", Value())
        default: return number()
        }
    }

    private mutating func array(path: String, depth: Int) -> Value? {
        guard depth < WireJSON.maxNesting, skip("[") else { return nil }
        guard !skip("]") else { return Value(field: .list([])) }
        var texts: [String] = []
        repeat {
            guard let value = value(path: "\(path)[]", depth: depth) else { return nil }
            if case .text(let text) = value.field { texts.append(text) }
        } while skip(",")
        return skip("]") ? Value(field: .list(texts)) : nil
    }

    private mutating func literal(_ text: String, _ value: Value) -> Value? {
        guard bytes[index...].starts(with: text.utf8) else { return nil }
        index += text.utf8.count
        return value
    }

    private mutating func number() -> Value? {
        let start = index
        while let byte, "0123456789+-.eE".utf8.contains(byte) { index += 1 }
        let text = ImportField.text(String(decoding: bytes[start..<index], as: UTF8.self))
        return text.number.map { Value(field: .number($0)) }
    }
}

/// Strings and their escapes.
extension JSONRowParser {
    private mutating func string() -> String? {
        guard byte == UInt8(ascii: "\"") else { return nil }
        let start = index + 1
        let isEnd = { (byte: UInt8) in byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") }
        guard let end = bytes[start...].firstIndex(where: isEnd) else { return nil }
        index = end + 1
        if bytes[end] == UInt8(ascii: "\"") { return String(validating: bytes[start..<end], as: UTF8.self) }
        return escapedString(from: start, firstEscape: end)
    }

    private mutating func escapedString(from start: Int, firstEscape: Int) -> String? {
        var text = Array(bytes[start..<firstEscape])
        index = firstEscape
        while let byte {
            index += 1
            switch byte {
            case UInt8(ascii: "\""): return String(validating: text, as: UTF8.self)
            case UInt8(ascii: "\\"):
                guard let scalar = escape() else { return nil }
                text.append(contentsOf: Array(String(Character(scalar)).utf8))
            default: text.append(byte)
            }
        }
        return nil
    }

    private mutating func escape() -> Unicode.Scalar? {
        guard let byte else { return nil }
        index += 1
        switch byte {
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "b"): return "\u{8}"
        case UInt8(ascii: "f"): return "\u{C}"
        case UInt8(ascii: "u"): return unicodeEscape()
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(byte)
        default: return nil
        }
    }

    /// Reads four hexadecimal digits, or a surrogate pair; a lone surrogate becomes U+FFFD.
    private mutating func unicodeEscape() -> Unicode.Scalar? {
        guard let unit = hexadecimal() else { return nil }
        guard UTF16.isLeadSurrogate(unit), bytes[index...].starts(with: "\\u".utf8) else {
            return Unicode.Scalar(unit) ?? "\u{FFFD}"
        }
        let afterLead = index
        index += 2
        guard let trail = hexadecimal() else { return nil }
        guard UTF16.isTrailSurrogate(trail) else {
            index = afterLead
            return "\u{FFFD}"
        }
        return Unicode.Scalar(0x10000 + (UInt32(unit) - 0xD800) << 10 + UInt32(trail) - 0xDC00)
    }

    private mutating func hexadecimal() -> UInt16? {
        guard bytes.endIndex - index >= 4 else { return nil }
        defer { index += 4 }
        let digits = bytes[index..<index + 4]
        guard digits.allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }) else { return nil }
        return UInt16(String(decoding: digits, as: UTF8.self), radix: 16)
    }
}

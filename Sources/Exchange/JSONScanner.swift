/// Scans JSON text for brackets and strings.
///
/// ``JSONRowParser`` checks whether the text is valid JSON.
enum JSONScanner {
    /// What an opening brace begins.
    enum Object {
        /// An object that ends before this index.
        case row(end: Int, newlines: Int)
        /// An object that the rows are in.
        case wrapper
        /// An object that has no end on its line.
        case cut
        /// An object that has no end yet.
        case incomplete
    }

    /// Keys of the lists that exports keep their rows in.
    private static let lists: Set = ["scrobbles", "track", "listens"]
    /// Keys of the objects around those lists.
    private static let wrappers: Set = ["recenttracks", "payload"]

    /// Whether a list under this key has rows in it.
    static func isListOfRows(_ key: String) -> Bool { lists.contains(key) }

    /// Scans an object.
    ///
    /// - Parameters:
    ///   - bytes: The text.
    ///   - start: The object's opening brace.
    ///   - isTopLevel: Whether nothing encloses the object. Then an object that begins a line is a row of its own.
    ///   - isLines: Whether each row is known to have a line of its own.
    /// - Returns: What the object is, and where it ends.
    static func object(in bytes: [UInt8], from start: Int, isTopLevel: Bool, isLines: Bool) -> Object {
        var (index, depth, newlines, key) = (start, 0, 0, "")
        while index < bytes.count {
            switch bytes[index] {
            case UInt8(ascii: "\""):
                guard let end = endOfString(in: bytes, from: index) else { return .incomplete }
                if depth == 1 { key = string(in: bytes, index..<end) }
                index = end
                continue
            case UInt8(ascii: "{"):
                if depth == 1, wrappers.contains(key) { return .wrapper }
                depth += 1
            case UInt8(ascii: "["):
                if depth == 1, lists.contains(key) { return .wrapper }
                depth += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                depth -= 1
                if depth == 0 { return .row(end: index + 1, newlines: newlines) }
            case UInt8(ascii: ","):
                if depth == 1 { key = "" }
            case UInt8(ascii: "\n"):
                let startsRow = index + 1 < bytes.count && bytes[index + 1] == UInt8(ascii: "{")
                if isTopLevel, isLines || startsRow { return .cut }
                newlines += 1
            default: break
            }
            index += 1
        }
        return .incomplete
    }

    /// The content of a string, with its escapes: no key that is looked for has any.
    static func string(in bytes: [UInt8], _ range: Range<Int>) -> String {
        String(decoding: bytes[range].dropFirst().dropLast(), as: UTF8.self)
    }

    /// Finds the end of a string.
    ///
    /// - Returns: The index after its closing quote, or that of a newline, which no string may contain; nil when the
    ///   bytes end before.
    static func endOfString(in bytes: [UInt8], from quote: Int) -> Int? {
        var index = quote + 1
        while index < bytes.count {
            switch bytes[index] {
            case UInt8(ascii: "\""): return index + 1
            case UInt8(ascii: "\n"): return index
            case UInt8(ascii: "\\"): index += 2
            default: index += 1
            }
        }
        return nil
    }
}

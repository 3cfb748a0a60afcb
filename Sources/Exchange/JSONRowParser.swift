import Wire

/// Parses one JSON object into a row.
///
/// Only the values of known columns are stored, the first one of each. The others are checked and dropped.
struct JSONRowParser<Column: ImportColumn> {
    private var lexer: JSONLexer
    private var row: ImportRow<Column>

    /// Parses an object.
    ///
    /// - Parameters:
    ///   - bytes: The object from brace to brace.
    ///   - line: The line it begins on.
    /// - Returns: The row; nil when the bytes are not JSON.
    static func row(_ bytes: ArraySlice<UInt8>, line: Int) -> ImportRow<Column>? {
        var parser = JSONRowParser(
            lexer: JSONLexer(bytes, replacesLoneSurrogates: true), row: ImportRow(line: line))
        guard (try? parser.object(path: "", depth: 0)) != nil, parser.lexer.next() == nil else { return nil }
        return parser.row
    }

    /// Reads an object. Its path is the names above it, joined by dots; nil where no column can be.
    private mutating func object(path: String?, depth: Int) throws(JSONError) {
        guard depth < WireJSON.maxNesting, lexer.skip("{") else { throw .malformed }
        guard !lexer.skip("}") else { return }
        repeat {
            let key = try lexer.string()
            guard lexer.skip(":") else { throw .malformed }
            let name = path.flatMap { Self.join($0, key) }
            let field = try value(path: name, depth: depth)
            if let field, let name, let column = Column.names[name] { row[column] = field }
        } while lexer.skip(",")
        guard lexer.skip("}") else { throw .malformed }
    }

    /// The path of a value; nil when it is too long for that of a column, so that long ones are not copied for each value.
    private static func join(_ path: String, _ key: String) -> String? {
        guard path.utf8.count + key.utf8.count < ImportLimits.pathBytes else { return nil }
        return path.isEmpty ? key : "\(path).\(key)"
    }

    /// Reads a value; objects and `null` are no field.
    private mutating func value(path: String?, depth: Int) throws(JSONError) -> ImportField? {
        switch lexer.next() {
        case UInt8(ascii: "\""): return .text(try lexer.string())
        case UInt8(ascii: "["): return .list(try texts(depth: depth + 1))
        case UInt8(ascii: "{"):
            try object(path: path, depth: depth + 1)
            return nil
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", nil)
        default: return .number(try lexer.number())
        }
    }

    private mutating func word(_ text: String, _ field: ImportField?) throws(JSONError) -> ImportField? {
        try lexer.skip(word: text)
        return field
    }

    /// Reads a list; items that are no texts are dropped.
    private mutating func texts(depth: Int) throws(JSONError) -> [String] {
        guard depth < WireJSON.maxNesting, lexer.skip("[") else { throw .malformed }
        guard !lexer.skip("]") else { return [] }
        var texts: [String] = []
        repeat {
            if case .text(let text) = try value(path: nil, depth: depth) { texts.append(text) }
        } while lexer.skip(",")
        guard lexer.skip("]") else { throw .malformed }
        return texts
    }
}

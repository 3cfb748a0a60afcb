/// Reads JSON into values.
struct JSONReader {
    private let allowsRepeatedNames: Bool
    private var lexer: JSONLexer

    /// Reads a document.
    ///
    /// - Parameters:
    ///   - bytes: The document, which may begin with a byte order mark.
    ///   - allowsRepeatedNames: Whether an object may have a name twice; the last one holds.
    /// - Returns: The value.
    /// - Throws: ``JSONError``.
    static func value(of bytes: [UInt8], allowsRepeatedNames: Bool) throws(JSONError) -> JSONValue {
        var reader = JSONReader(allowsRepeatedNames: allowsRepeatedNames, lexer: JSONLexer(bytes[...]))
        let value = try reader.value(depth: 0)
        guard reader.lexer.next() == nil else { throw .malformed }
        return value
    }

    private mutating func value(depth: Int) throws(JSONError) -> JSONValue {
        switch lexer.next() {
        case UInt8(ascii: "\""): return .string(try lexer.string())
        case UInt8(ascii: "{"): return .object(try object(depth: depth + 1))
        case UInt8(ascii: "["): return .array(try array(depth: depth + 1))
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        default: return .number(try lexer.number())
        }
    }

    private mutating func word(_ text: String, _ value: JSONValue) throws(JSONError) -> JSONValue {
        try lexer.skip(word: text)
        return value
    }

    private mutating func object(depth: Int) throws(JSONError) -> [String: JSONValue] {
        guard depth <= WireJSON.maxNesting else { throw .tooDeep }
        _ = lexer.skip("{")
        var fields: [String: JSONValue] = [:]
        if lexer.skip("}") { return fields }
        repeat {
            let name = try lexer.string()
            guard lexer.skip(":") else { throw .malformed }
            let value = try value(depth: depth)
            guard fields.updateValue(value, forKey: name) == nil || allowsRepeatedNames else {
                throw .repeatedName(name)
            }
        } while lexer.skip(",")
        guard lexer.skip("}") else { throw .malformed }
        return fields
    }

    private mutating func array(depth: Int) throws(JSONError) -> [JSONValue] {
        guard depth <= WireJSON.maxNesting else { throw .tooDeep }
        _ = lexer.skip("[")
        var items: [JSONValue] = []
        if lexer.skip("]") { return items }
        repeat { items.append(try value(depth: depth)) } while lexer.skip(",")
        guard lexer.skip("]") else { throw .malformed }
        return items
    }
}

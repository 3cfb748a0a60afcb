public import Foundation

/// The one way JSON is written and read: snake_case keys, RFC 3339 in UTC, slashes as they are.
public enum HouseholdJSON {
    /// Writes a value on one line.
    ///
    /// - Parameters:
    ///   - value: Anything that encodes.
    ///   - pretty: Whether to indent for people.
    /// - Returns: UTF-8.
    /// - Throws: What encoding throws; our own values never do.
    public static func encode(_ value: some Encodable, pretty: Bool = false) throws -> Data {
        let encoder = JSONEncoder()
        encoder.keyEncodingStrategy = .convertToSnakeCase
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        if pretty { encoder.outputFormatting.insert(.prettyPrinted) }
        encoder.dateEncodingStrategy = .custom { date, encoder in
            var container = encoder.singleValueContainer()
            try container.encode(RFC3339.string(from: date))
        }
        return try encoder.encode(value)
    }

    /// Reads a value that ``encode(_:pretty:)`` wrote.
    ///
    /// - Parameters:
    ///   - type: What it is.
    ///   - data: UTF-8.
    /// - Returns: The value.
    /// - Throws: `DecodingError`.
    public static func decode<Value: Decodable>(_ type: Value.Type, from data: Data) throws -> Value {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        decoder.dateDecodingStrategy = .custom { decoder in
            let container = try decoder.singleValueContainer()
            let text = try container.decode(String.self)
            guard let date = RFC3339.date(from: text) else {
                throw DecodingError.dataCorruptedError(in: container, debugDescription: "\(text) is no time")
            }
            return date
        }
        return try decoder.decode(type, from: data)
    }

    /// Reads any JSON within the limits of size and nesting.
    ///
    /// - Parameter bytes: UTF-8; nothing at all is an empty object.
    /// - Returns: What it says.
    /// - Throws: ``HouseholdError`` `too_large` or `bad_request`.
    public static func decode(_ bytes: some Collection<UInt8>) throws(HouseholdError) -> JSONValue {
        guard bytes.count <= Limits.payloadBytes else {
            throw HouseholdError(.tooLarge, "The payload has \(bytes.count) bytes; \(Limits.payloadBytes) are read")
        }
        guard !bytes.allSatisfy({ $0 == 0x20 || (0x09...0x0D).contains($0) }) else { return .object([:]) }
        guard nesting(of: bytes) <= Limits.nesting else {
            throw HouseholdError(.badRequest, "The JSON is nested deeper than \(Limits.nesting) levels")
        }
        do {
            return try JSONDecoder().decode(JSONValue.self, from: Data(bytes))
        } catch {
            throw HouseholdError(.badRequest, "The payload is not JSON that can be read")
        }
    }

    /// Depth of brackets outside texts, found before any parser recurses into them.
    private static func nesting(of bytes: some Collection<UInt8>) -> Int {
        var depth = 0
        var deepest = 0
        var isText = false
        var isEscaped = false
        for byte in bytes {
            switch byte {
            case _ where isEscaped: isEscaped = false
            case UInt8(ascii: "\\") where isText: isEscaped = true
            case UInt8(ascii: "\""): isText.toggle()
            case UInt8(ascii: "["), UInt8(ascii: "{"):
                if !isText { depth += 1 }
            case UInt8(ascii: "]"), UInt8(ascii: "}"):
                if !isText { depth -= 1 }
            default: break
            }
            deepest = max(deepest, depth)
        }
        return deepest
    }
}

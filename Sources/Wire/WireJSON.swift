public import Foundation

/// JSON that cannot be read, before anybody looked at what it says.
public enum JSONError: Error, Equatable, Sendable {
    /// It has this many bytes; ``WireJSON/maxBytes`` are read.
    case tooLarge(bytes: Int)
    /// It is nested deeper than ``WireJSON/maxNesting`` levels.
    case tooDeep
    /// An object has this name twice, where that is not allowed.
    case repeatedName(String)
    /// It is not JSON.
    case malformed
}

/// The one way JSON is written and read: snake_case keys, RFC 3339 in UTC, slashes not escaped.
public enum WireJSON {
    /// Largest payload that is read on any front door, in bytes.
    public static let maxBytes = 1_048_576
    /// Deepest nesting of lists and objects that is read.
    public static let maxNesting = 32
    /// Largest whole number that no JSON reader confuses with its neighbour: 2⁵³ - 1.
    public static let maxWholeNumber = (1 << 53) - 1

    /// Writes a value on one line, keys sorted.
    ///
    /// - Parameters:
    ///   - value: The value.
    ///   - pretty: Whether to indent for people.
    /// - Returns: UTF-8.
    /// - Throws: What encoding throws; values of this project never do.
    public static func encode(_ value: some Encodable, pretty: Bool = false) throws -> Data {
        if !pretty, let written = value as? any WrittenJSON { return try written.json }
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

    /// Writes a value as ``encode(_:pretty:)`` does, as a text.
    public static func text(_ value: some Encodable, pretty: Bool = false) throws -> String {
        String(decoding: try encode(value, pretty: pretty), as: UTF8.self)
    }

    /// Reads a value that ``encode(_:pretty:)`` wrote. Size and nesting are not bounded.
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

    /// Reads any JSON within the bounds of size and nesting.
    ///
    /// - Parameters:
    ///   - bytes: UTF-8. White space alone is an empty object.
    ///   - allowsRepeatedNames: Whether an object may have a name twice; the last one holds.
    ///   - maxBytes: The largest document that is read.
    /// - Returns: The value.
    /// - Throws: ``JSONError``.
    public static func decode(
        _ bytes: some Collection<UInt8>, allowsRepeatedNames: Bool = true, maxBytes: Int = Self.maxBytes
    ) throws(JSONError) -> JSONValue {
        guard bytes.count <= maxBytes else { throw .tooLarge(bytes: bytes.count) }
        guard !bytes.allSatisfy({ $0 == 0x20 || (0x09...0x0D).contains($0) }) else { return .object([:]) }
        return try JSONReader.value(of: Array(bytes), allowsRepeatedNames: allowsRepeatedNames)
    }
}

/// What knows its own JSON, written as ``WireJSON/encode(_:pretty:)`` writes it.
public protocol WrittenJSON {
    /// UTF-8 on one line.
    var json: Data { get throws }
}

/// A value with its JSON, which is written once however many doors send it.
public struct WrittenOnce<Value: Codable & Sendable>: Codable, WrittenJSON, Sendable {
    public let value: Value
    public let json: Data

    /// Writes a value.
    ///
    /// - Throws: What encoding throws; values of this project never do.
    public init(_ value: Value) throws {
        self.value = value
        json = try WireJSON.encode(value)
    }

    /// Reads the value.
    public init(from decoder: any Decoder) throws { try self.init(Value(from: decoder)) }

    /// Writes the value inside of another one.
    public func encode(to encoder: any Encoder) throws { try value.encode(to: encoder) }
}

public import Foundation

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

/// Encodes a value whose type is known at run time alone.
public struct AnyEncodable: Encodable {
    private let value: any Encodable

    /// Wraps a value.
    public init(_ value: any Encodable) { self.value = value }

    /// Writes the value itself.
    public func encode(to encoder: any Encoder) throws { try value.encode(to: encoder) }
}

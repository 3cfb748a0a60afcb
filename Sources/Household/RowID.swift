/// The id of a stored row of one kind, so that the id of a track is never taken for that of a profile.
public struct RowID<Row>: Hashable, Comparable, Sendable {
    /// The integer in the store.
    public let rawValue: Int64

    /// Wraps an integer that came from the store or from a request.
    public init(_ rawValue: Int64) { self.rawValue = rawValue }

    /// Rows are numbered in the order in which they were stored.
    public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}

extension RowID: CustomStringConvertible {
    /// The digits.
    public var description: String { "\(rawValue)" }
}

extension RowID: Codable {
    /// Reads a JSON integer.
    public init(from decoder: any Decoder) throws {
        self.init(try decoder.singleValueContainer().decode(Int64.self))
    }

    /// Writes a JSON integer.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(rawValue)
    }
}

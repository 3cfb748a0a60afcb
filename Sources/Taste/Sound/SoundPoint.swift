/// Where a recording lies in an embedding space of sound. Points of different spaces are never compared.
public struct SoundPoint: Equatable, Sendable {
    /// The coordinates, as they were given.
    public let values: [Float]
    private let length: Double

    /// Takes coordinates; nil for those that have no direction: none, all 0, or one that is not a number.
    public init?(_ values: [Float]) {
        var sum = 0.0
        for value in values { sum += Double(value) * Double(value) }
        guard sum.isFinite, sum > 0 else { return nil }
        length = sum.squareRoot()
        self.values = values
    }

    /// The cosine of the angle to another point of the same space, -1…1.
    public func cosine(to other: SoundPoint) -> Double {
        var sum = 0.0
        for (a, b) in zip(values, other.values) { sum += Double(a) * Double(b) }
        return sum / (length * other.length)
    }

    /// The coordinates at length 1.
    var unit: [Float] { values.map { Float(Double($0) / length) } }
}

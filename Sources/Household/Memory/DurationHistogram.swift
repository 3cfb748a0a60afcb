/// How often something took how long, for metrics.
public struct DurationHistogram: Equatable, Sendable {
    /// Upper bounds of the buckets, in seconds: a listen takes the first ones, a large rebuild the last.
    public static let bounds = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10]

    /// Measurements in each bucket, those beyond the last bound at the end.
    public private(set) var counts = Array(repeating: 0, count: bounds.count + 1)
    /// Sum of all measurements, in seconds.
    public private(set) var sumS = 0.0

    /// Creates an empty one.
    public init() {}

    /// Number of measurements.
    public var count: Int { counts.reduce(0, +) }

    /// Takes in a measurement.
    public mutating func add(_ duration: Duration) {
        let seconds = duration / .seconds(1)
        counts[Self.bounds.firstIndex { seconds <= $0 } ?? Self.bounds.count] += 1
        sumS += seconds
    }
}

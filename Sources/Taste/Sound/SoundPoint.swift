/// Where a recording lies in an embedding space of sound. Points of different spaces are never compared.
public struct SoundPoint: Equatable, Sendable {
    /// The coordinates, as they were given.
    public let values: [Float]
    private let length: Double

    /// Takes coordinates; nil for those that have no direction: none, all 0, or one that is not a number.
    public init?(_ values: [Float]) {
        let sum = Self.product(values, values)
        guard sum.isFinite, sum > 0 else { return nil }
        length = sum.squareRoot()
        self.values = values
    }

    /// The cosine of the angle to another point of the same space, -1…1.
    public func cosine(to other: SoundPoint) -> Double {
        Self.product(values, other.values) / (length * other.length)
    }

    /// The coordinates at length 1, eight by eight, filled up with 0 to whole blocks of a code.
    var unit: [SIMD8<Float>] {
        let size = CodedSound.blocks(of: values.count) * CodedSound.blockSize
        return stride(from: 0, to: size, by: 8).map { place in
            SIMD8<Float>(SIMD8<Double>(Self.eight(values.span, at: place)) / length)
        }
    }

    /// In double precision, eight sums at a time.
    private static func product(_ first: [Float], _ second: [Float]) -> Double {
        let (first, second) = (first.span, second.span)
        return stride(from: 0, to: min(first.count, second.count), by: 8).reduce(SIMD8<Double>.zero) { sum, place in
            sum + SIMD8<Double>(eight(first, at: place)) * SIMD8<Double>(eight(second, at: place))
        }.sum()
    }

    /// Eight coordinates; 0 for those after the last.
    @inline(__always)
    private static func eight(_ values: Span<Float>, at place: Int) -> SIMD8<Float> {
        if place + 8 <= values.count {
            return unsafe values.bytes.unsafeLoadUnaligned(
                fromByteOffset: place * MemoryLayout<Float>.size, as: SIMD8<Float>.self)
        }
        var lanes = SIMD8<Float>.zero
        for lane in 0..<max(0, values.count - place) { lanes[lane] = values[place + lane] }
        return lanes
    }
}

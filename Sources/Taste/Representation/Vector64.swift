/// A vector of 64 numbers in four registers' worth of 16: wider SIMD types of the standard library are not unrolled and
/// are slower by two orders of magnitude.
struct Vector64: Equatable, Sendable {
    static let count = 64
    static let zero = Vector64(parts: (0..<4).map { _ in SIMD16(repeating: 0) })

    private var a: SIMD16<Float>
    private var b: SIMD16<Float>
    private var c: SIMD16<Float>
    private var d: SIMD16<Float>

    /// Makes a vector of 64 numbers.
    init(_ numbers: [Float]) { self.init(parts: (0..<4).map { SIMD16(numbers[($0 * 16)..<($0 * 16 + 16)]) }) }

    /// Makes a vector of what a function says of each place.
    @inline(__always)
    init(_ number: (Int) -> Float) {
        func part(_ start: Int) -> SIMD16<Float> {
            var part = SIMD16<Float>()
            for lane in 0..<16 { part[lane] = number(start + lane) }
            return part
        }
        (a, b, c, d) = (part(0), part(16), part(32), part(48))
    }

    private init(parts: [SIMD16<Float>]) { (a, b, c, d) = (parts[0], parts[1], parts[2], parts[3]) }

    var numbers: [Float] { [a, b, c, d].flatMap { part in (0..<16).map { part[$0] } } }

    /// The vector at length 1; zero stays zero.
    var unit: Vector64 {
        let length = dot(self).squareRoot()
        guard length > 0 else { return self }
        var unit = Vector64.zero
        unit.add(self, times: 1 / length)
        return unit
    }

    /// Adds a multiple of another vector.
    mutating func add(_ other: Vector64, times factor: Float) {
        a += other.a * factor
        b += other.b * factor
        c += other.c * factor
        d += other.d * factor
    }

    /// The scalar product.
    @inline(__always)
    func dot(_ other: Vector64) -> Float {
        let sixteen = (a * other.a + b * other.b) + (c * other.c + d * other.d)
        // Halving keeps the adder busy; `sum()` adds one lane after the other.
        let eight = sixteen.lowHalf + sixteen.highHalf
        let four = eight.lowHalf + eight.highHalf
        let two = four.lowHalf + four.highHalf
        return two.x + two.y
    }

    /// The scalar products with up to sixteen vectors at once: no product is added up across its lanes.
    ///
    /// - Parameter table: For each of the 64 places one number of each vector.
    /// - Returns: The products, in the order of the vectors.
    func product(with table: [SIMD16<Float>]) -> SIMD16<Float> {
        precondition(table.count == Self.count, "A table has a row for each of the 64 places")
        var (low, high) = (SIMD16<Float>(repeating: 0), SIMD16<Float>(repeating: 0))
        for lane in 0..<16 {
            low += table[lane] * a[lane] + table[16 + lane] * b[lane]
            high += table[32 + lane] * c[lane] + table[48 + lane] * d[lane]
        }
        return low + high
    }

    /// One of the numbers.
    subscript(position: Int) -> Float {
        switch position >> 4 {
        case 0: a[position & 15]
        case 1: b[position & 15]
        case 2: c[position & 15]
        default: d[position & 15]
        }
    }
}

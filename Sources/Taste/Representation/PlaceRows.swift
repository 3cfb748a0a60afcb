/// Places of artists in the embedding, one a row, each number in 16 bits: half the memory, and more of them fit a register.
struct PlaceRows: Sendable {
    /// What stands for 1. Places have length 1, so no sum of products overflows 32 bits.
    private static let one: Float = 32_000

    private var numbers: [Int16] = []

    /// How many rows there are.
    var count: Int { numbers.count / Vector64.count }

    /// A row as numbers.
    subscript(row: Int) -> Vector64 {
        let start = row * Vector64.count
        return Vector64 { Float(numbers[start + $0]) / Self.one }
    }

    /// Sets a row, or appends it. The vector has length 1 at most.
    mutating func set(_ vector: Vector64, row: Int) {
        let packed = Self.packed(vector)
        if row < count {
            for lane in packed.indices { numbers[row * Vector64.count + lane] = packed[lane] }
        } else {
            numbers += packed
        }
    }

    /// The scalar products of all rows with a vector of length 1 at most.
    func products(with vector: Vector64) -> [Float] {
        let packed = Self.packed(vector)
        var products = [Float](repeating: 0, count: count)
        let (rows, other) = (numbers.span, packed.span)
        for row in products.indices {
            var sum: Int32 = 0
            let start = row * Vector64.count
            // Every place is within both spans. Checks would keep the compiler from multiplying eight numbers at once.
            for lane in 0..<Vector64.count {
                unsafe sum &+= Int32(rows[unchecked: start + lane]) &* Int32(other[unchecked: lane])
            }
            products[row] = Float(sum) / (Self.one * Self.one)
        }
        return products
    }

    private static func packed(_ vector: Vector64) -> [Int16] {
        (0..<Vector64.count).map { Int16((vector[$0] * one).rounded()) }
    }
}

/// Coordinates in 8 bits each, and what that leaves out.
struct CodedSound {
    /// Eight coordinates that are not coded.
    typealias Lanes = SIMD8<Float>
    /// Sixteen coordinates: eight in the low bytes, which have no sign and to which 128 is added, and eight in the high ones.
    typealias Block = SIMD8<Int16>

    /// Coordinates of a block.
    static let blockSize = 16
    /// A Float of this size has no fraction: its lowest bits are a number.
    private static let whole: Float = 12_582_912

    private(set) var blocks: [Block]
    /// What a unit of the coordinates is.
    let scale: Float
    /// What the code leaves out of each coordinate.
    private(set) var rest: [Lanes]

    /// Codes coordinates, two for each block.
    init(_ values: [Lanes]) {
        let largest = values.reduce(Lanes.zero) { largest, lanes in
            let magnitudes = lanes.replacing(with: -lanes, where: lanes .< 0)
            return largest.replacing(with: magnitudes, where: largest .< magnitudes)
        }.max()
        let most = Self.most(values.count * 8)
        scale = largest / most
        blocks = []
        blocks.reserveCapacity(values.count / 2)
        rest = values
        // A scale that small has no reciprocal. The code is 0, and everything is rest.
        let perUnit = 1 / scale
        let unit = perUnit.isFinite ? perUnit : 0
        for place in stride(from: 0, to: values.count, by: 2) {
            let low = Self.code(&rest[place], unit, scale)
            let high = Self.code(&rest[place + 1], unit, scale)
            blocks.append((high &<< 8) | (low &+ 128))
        }
    }

    /// How far the code lies from the coordinates.
    var error: Float { rest.reduce(Lanes.zero) { $0 + $1 * $1 }.sum().squareRoot() }

    /// How many blocks so many coordinates take.
    static func blocks(of dimensions: Int) -> Int { (dimensions + blockSize - 1) / blockSize }

    /// The largest code. 256 times the scalar product of two codes fits 32 bits.
    private static func most(_ dimensions: Int) -> Float {
        min(127, (8_388_607 / Float(max(dimensions, 1))).squareRoot().rounded(.down))
    }

    @inline(__always)
    private static func code(_ values: inout Lanes, _ unit: Float, _ scale: Float) -> Block {
        let rounded = values * unit + whole
        values -= (rounded - whole) * scale
        let bits = unsafe unsafeBitCast(rounded, to: SIMD8<Int32>.self)
        return Block(truncatingIfNeeded: bits &- Int32(bitPattern: whole.bitPattern))
    }
}

extension CodedSound {
    fileprivate typealias Products = SIMD8<Int32>

    /// A code as the other factor of scalar products.
    struct Factor {
        /// For each block what its words, and what its low bytes are multiplied by.
        fileprivate let blocks: [(words: Block, bytes: Block)]
        /// What a sum of products begins with, because 128 is added to low bytes.
        fileprivate let start: Products
        /// What a unit of the products is.
        let scale: Float

        init(_ blocks: some Sequence<Block>, scale: Float) {
            let pairs = blocks.map { (low: ($0 & 0xFF) &- 128, high: $0 &>> 8) }
            self.blocks = pairs.map { ($0.high, ($0.low &<< 8) &- $0.high) }
            start = pairs.reduce(.zero) { $0 &- Products(truncatingIfNeeded: $1.low) } &<< 15
            self.scale = scale / 256
        }

        /// How many blocks it has.
        var count: Int { blocks.count }
    }

    /// The scalar product of a code and a factor, in units of the scales of both.
    ///
    /// A word is 256·h + l + 128, where h and l are two codes. With the factor's codes g and k at their places, the products
    /// (256·h + l + 128)·g and (l + 128)·(256·k - g) add up to 256·(h·g + l·k) + 32,768·k. Where it is a function of its own,
    /// the compiler makes one instruction of eight products and the sums of their pairs, so that this takes as long as
    /// reading the code.
    @inline(never)
    static func product(_ code: Span<Block>, _ factor: borrowing Factor) -> Float {
        let others = factor.blocks.span
        var sum = factor.start
        for place in code.indices {
            let (block, other) = (code[place], others[place])
            sum &+=
                Products(truncatingIfNeeded: block) &* Products(truncatingIfNeeded: other.words)
                &+ Products(truncatingIfNeeded: block & 0xFF) &* Products(truncatingIfNeeded: other.bytes)
        }
        return Float(sum.wrappedSum())
    }
}

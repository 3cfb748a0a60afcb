/// Coordinates in 8 bits each, and what that leaves out.
struct CodedSound {
    /// Thirty-two coordinates: sixteen pairs, the first of each pair in the low byte.
    typealias Block = SIMD16<Int16>

    /// A block with 16 bits for each coordinate: the first and the second ones of its pairs.
    struct Spread {
        var first: Block
        var second: Block
    }

    /// Coordinates of a block.
    static let blockSize = 32
    private static let most: Float = 127

    private(set) var blocks: [Block]
    /// What a unit of the coordinates is.
    let scale: Float
    /// What the code leaves out of each coordinate.
    private(set) var rest: [Float]

    /// Codes coordinates. They fill up with 0 to a whole block.
    init(_ values: [Float]) {
        let largest = values.reduce(0) { max($0, $1.magnitude) }
        scale = largest / Self.most
        blocks = [Block](repeating: .zero, count: Self.blocks(of: values.count))
        rest = values
        guard scale > 0 else { return }
        for place in values.indices {
            let code = (values[place] / scale + (values[place] < 0 ? -0.5 : 0.5)).rounded(.towardZero)
            rest[place] -= code * scale
            let (block, pair) = (place / Self.blockSize, place % Self.blockSize / 2)
            blocks[block][pair] |= place.isMultiple(of: 2) ? Int16(code) & 0xFF : Int16(code) << 8
        }
    }

    /// How far the code lies from the coordinates.
    var error: Float { rest.reduce(0) { $0 + $1 * $1 }.squareRoot() }

    /// How many blocks so many coordinates take.
    static func blocks(of dimensions: Int) -> Int { (dimensions + blockSize - 1) / blockSize }

    /// A code with 16 bits for each coordinate.
    static func spread(_ blocks: some Sequence<Block>) -> [Spread] {
        let byte = Block(repeating: 8)
        return blocks.map { Spread(first: ($0 &<< byte) &>> byte, second: $0 &>> byte) }
    }

    /// The scalar product of a code and a code that was spread.
    ///
    /// A coordinate is at most 127, so that the sum of two products fits 16 bits. With its sign bit turned over it is not
    /// negative, and two such sums are added as one number of 32 bits: `all` adds both of a pair, modulo 2³², and `high` the
    /// upper one alone. So a block takes four shifts, of which a processor can do few at a time, where widening each sum would
    /// take six. No more than 16 lanes are used: the standard library does wider types lane by lane.
    @inline(__always)
    static func product(_ code: Span<Block>, _ spread: Span<Spread>) -> Int32 {
        // Constants of the function: the compiler does not know the value of a static one, and would shift lane by lane.
        let (byte, sign, half) = (Block(repeating: 8), Block(repeating: .min), Pairs(repeating: 16))
        var (all, high) = (Pairs.zero, Pairs.zero)
        for place in code.indices {
            let (block, other) = (code[place], spread[place])
            let sums = ((block &<< byte) &>> byte) &* other.first &+ (block &>> byte) &* other.second
            let pairs = unsafe unsafeBitCast(sums ^ sign, to: Pairs.self)
            all &+= pairs
            high &+= pairs &>> half
        }
        let total = ((all &- (high &<< half)) &+ high).wrappedSum()
        return Int32(bitPattern: total &- UInt32(code.count) * 16 * 32_768)
    }

    /// Two sums of 16 bits in each number.
    private typealias Pairs = SIMD8<UInt32>
}

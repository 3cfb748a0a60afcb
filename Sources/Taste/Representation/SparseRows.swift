/// Vectors that are mostly zero, one a row, as the columns and weights of what is not.
struct SparseRows: Sendable {
    private var ranges: [Range<Int32>] = []
    private(set) var entries: [WeightedTag] = []

    /// How many rows there are.
    var count: Int { ranges.count }

    /// Where a row's entries stand in ``entries``.
    func range(of row: Int) -> Range<Int> { Int(ranges[row].lowerBound)..<Int(ranges[row].upperBound) }

    func entries(of row: Int) -> ArraySlice<WeightedTag> { entries[range(of: row)] }

    /// Sets a row, or appends it.
    ///
    /// What an older version of the row took is not reclaimed.
    mutating func set(_ row: [WeightedTag], row number: Int) {
        let start = Int32(entries.count)
        entries += row
        let range = start..<Int32(entries.count)
        if number < ranges.count { ranges[number] = range } else { ranges.append(range) }
    }

    /// The scalar product of a row with a vector that has a number for every column.
    func dot(row: Int, _ dense: [Float]) -> Float { Self.dot(entries.span, range(of: row), dense.span) }

    /// The scalar products of all rows with a vector that has a number for every column.
    func products(with dense: [Float]) -> [Float] {
        var products = [Float](repeating: 0, count: count)
        let (entries, dense) = (entries.span, dense.span)
        for row in products.indices { products[row] = Self.dot(entries, range(of: row), dense) }
        return products
    }

    private static func dot(_ entries: Span<WeightedTag>, _ range: Range<Int>, _ dense: Span<Float>) -> Float {
        // Two sums, so that one addition need not wait for the other.
        var (even, odd): (Float, Float) = (0, 0)
        var place = range.lowerBound
        while place + 1 < range.upperBound {
            let (one, other) = (entries[place], entries[place + 1])
            even += one.weight * dense[Int(one.tag)]
            odd += other.weight * dense[Int(other.tag)]
            place += 2
        }
        if place < range.upperBound { even += entries[place].weight * dense[Int(entries[place].tag)] }
        return even + odd
    }

    /// The scalar product of two rows, whose entries are ordered by column.
    static func dot(_ a: ArraySlice<WeightedTag>, _ b: ArraySlice<WeightedTag>) -> Float {
        var sum: Float = 0
        var i = a.startIndex
        var j = b.startIndex
        while i < a.endIndex, j < b.endIndex {
            if a[i].tag == b[j].tag {
                sum += a[i].weight * b[j].weight
                i += 1
                j += 1
            } else if a[i].tag < b[j].tag {
                i += 1
            } else {
                j += 1
            }
        }
        return sum
    }
}

/// A tag and how strongly it applies.
struct WeightedTag: Equatable, Sendable {
    var tag: Int32
    var weight: Float
}

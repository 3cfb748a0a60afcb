/// Vectors that are mostly zero, one a row, as the numbers and values of what is not.
struct SparseRows: Sendable {
    private var ranges: [Range<Int32>] = []
    private(set) var columns: [Int32] = []
    private(set) var values: [Float] = []

    /// How many rows there are.
    var count: Int { ranges.count }

    /// Where a row's entries stand in ``columns`` and ``values``.
    func range(of row: Int) -> Range<Int> { Int(ranges[row].lowerBound)..<Int(ranges[row].upperBound) }

    /// Entries of a row.
    func entries(of row: Int) -> [WeightedTag] {
        range(of: row).map { WeightedTag(tag: columns[$0], weight: values[$0]) }
    }

    /// Sets a row, or appends it.
    ///
    /// What an older version of the row took is not reclaimed.
    mutating func set(_ entries: [WeightedTag], row: Int) {
        let start = Int32(columns.count)
        for entry in entries {
            columns.append(entry.tag)
            values.append(entry.weight)
        }
        let range = start..<Int32(columns.count)
        if row < ranges.count { ranges[row] = range } else { ranges.append(range) }
    }

    /// The scalar product of a row with a vector that has a number for every column.
    func dot(row: Int, _ dense: [Float]) -> Float {
        var sum: Float = 0
        for entry in range(of: row) { sum += values[entry] * dense[Int(columns[entry])] }
        return sum
    }

    /// The scalar product of two rows, whose entries are ordered by column.
    static func dot(_ a: [WeightedTag], _ b: [WeightedTag]) -> Float {
        var sum: Float = 0
        var i = 0
        var j = 0
        while i < a.count, j < b.count {
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

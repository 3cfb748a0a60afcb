/// The strongest axes of a sparse symmetric matrix, by subspace iteration (Halko, Martinsson and Tropp, "Finding structure
/// with randomness", 2011).
struct PrincipalAxes {
    /// How many axes.
    static let count = Vector64.count
    /// Times that the block is made orthonormal, and products before each.
    ///
    /// After half of these products the weaker axes are still half noise, which costs discovery .012 of coverage.
    private static let rounds = 6
    private static let productsPerRound = 2
    /// Any fixed number: the result hardly depends on where the iteration begins.
    private static let seed: UInt64 = 64

    /// Each row of the matrix in the axes, scaled by the square root of their strength.
    private(set) var coordinates: [Vector64]

    init(of matrix: SparseRows) {
        var generator = SeededGenerator(seed: Self.seed)
        coordinates = (0..<matrix.count).map { row in
            guard !matrix.range(of: row).isEmpty else { return .zero }
            return Vector64((0..<Self.count).map { _ in .random(in: -1...1, using: &generator) })
        }
        for _ in 0..<Self.rounds {
            for _ in 0..<Self.productsPerRound { coordinates = Self.product(matrix, coordinates) }
            Self.orthonormalize(&coordinates)
        }
        let projected = Self.gram(coordinates, Self.product(matrix, coordinates))
        let axes = SymmetricEigen(projected)
        // Σ_k vector_k · √|value_k| for each old axis.
        let scaled = axes.vectors.map { row in
            Vector64(zip(row, axes.values).map { Float($0 * $1.magnitude.squareRoot()) })
        }
        coordinates = coordinates.map { Self.combination($0, of: scaled) }
    }

    private static func product(_ matrix: SparseRows, _ block: [Vector64]) -> [Vector64] {
        (0..<matrix.count).map { row in
            var sum = Vector64.zero
            for entry in matrix.entries(of: row) { sum.add(block[Int(entry.tag)], times: entry.weight) }
            return sum
        }
    }

    private static func combination(_ weights: Vector64, of rows: [Vector64]) -> Vector64 {
        var sum = Vector64.zero
        for k in 0..<count { sum.add(rows[k], times: weights[k]) }
        return sum
    }

    /// aᵀ b.
    private static func gram(_ a: [Vector64], _ b: [Vector64]) -> [[Double]] {
        var sums = [Vector64](repeating: .zero, count: count)
        for (x, y) in zip(a, b) where x != .zero {
            for k in 0..<count { sums[k].add(y, times: x[k]) }
        }
        return sums.map { $0.numbers.map(Double.init) }
    }

    /// Makes the columns orthonormal: by Cholesky's factor of their products, twice, because once is not exact enough.
    private static func orthonormalize(_ block: inout [Vector64]) {
        for _ in 0..<2 {
            let inverse = Cholesky(gram(block, block)).inverseTransposed.map { Vector64($0.map { Float($0) }) }
            block = block.map { combination($0, of: inverse) }
        }
    }
}

/// The lower triangular factor L of a symmetric matrix without negative eigenvalues, L Lᵀ.
struct Cholesky {
    /// What is left of a column, as a share, when it is no more than rounding.
    private static let negligible = 1e-5

    private var factor: [[Double]]

    init(_ matrix: [[Double]]) {
        factor = matrix
        for row in matrix.indices {
            for column in 0..<row {
                let rest = (0..<column).reduce(matrix[row][column]) { $0 - factor[row][$1] * factor[column][$1] }
                factor[row][column] = Self.quotient(rest, factor[column][column])
            }
            let rest = (0..<row).reduce(matrix[row][row]) { $0 - factor[row][$1] * factor[row][$1] }
            // A column that depends on those before it gets no axis of its own: small catalogs have few tags.
            factor[row][row] = rest > Self.negligible * matrix[row][row] ? rest.squareRoot() : 0
        }
    }

    /// The rows of (Lᵀ)⁻¹, zero for columns that depend on others.
    var inverseTransposed: [[Double]] {
        let count = factor.count
        var inverse = [[Double]](repeating: [Double](repeating: 0, count: count), count: count)
        for column in 0..<count {
            for row in column..<count {
                let right = row == column ? 1.0 : 0
                let rest = (column..<row).reduce(right) { $0 - factor[row][$1] * inverse[$1][column] }
                inverse[row][column] = Self.quotient(rest, factor[row][row])
            }
        }
        return (0..<count).map { row in (0..<count).map { inverse[$0][row] } }
    }

    private static func quotient(_ a: Double, _ b: Double) -> Double { b == 0 ? 0 : a / b }
}

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

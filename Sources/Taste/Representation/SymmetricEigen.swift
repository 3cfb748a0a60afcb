/// Eigenvalues and eigenvectors of a small symmetric matrix, by Jacobi's rotations.
struct SymmetricEigen {
    private static let sweeps = 12
    private static let negligible = 1e-9

    private(set) var values: [Double] = []
    /// One column a vector.
    private(set) var vectors: [[Double]]

    init(_ matrix: [[Double]]) {
        let count = matrix.count
        var a = matrix
        vectors = (0..<count).map { row in (0..<count).map { $0 == row ? 1 : 0 } }
        let scale = a.joined().reduce(0) { max($0, $1.magnitude) }
        for _ in 0..<Self.sweeps where Self.largestOffDiagonal(a) > Self.negligible * scale {
            for p in 0..<count { for q in (p + 1)..<max(p + 1, count) { rotate(&a, p, q) } }
        }
        values = (0..<count).map { a[$0][$0] }
    }

    private static func largestOffDiagonal(_ a: [[Double]]) -> Double {
        a.indices.reduce(0) { largest, row in a[row][..<row].reduce(largest) { max($0, $1.magnitude) } }
    }

    private mutating func rotate(_ a: inout [[Double]], _ p: Int, _ q: Int) {
        guard a[p][q] != 0 else { return }
        let theta = (a[q][q] - a[p][p]) / (2 * a[p][q])
        let t = (theta < 0 ? -1 : 1) / (theta.magnitude + (theta * theta + 1).squareRoot())
        let c = 1 / (t * t + 1).squareRoot()
        let s = t * c
        for k in a.indices {
            let (kp, kq) = (a[k][p], a[k][q])
            a[k][p] = c * kp - s * kq
            a[k][q] = s * kp + c * kq
        }
        for k in a.indices {
            let (pk, qk) = (a[p][k], a[q][k])
            a[p][k] = c * pk - s * qk
            a[q][k] = s * pk + c * qk
            let (vp, vq) = (vectors[k][p], vectors[k][q])
            vectors[k][p] = c * vp - s * vq
            vectors[k][q] = s * vp + c * vq
        }
    }
}

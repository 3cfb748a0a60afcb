/// A way to forget: how much a play weighs by its age.
///
/// Each is a non-negative fit of the seven counters of ``PlayCounters`` to (days + τ)^-d, scaled to a sum of 1.
public struct Kernel: Equatable, Sendable {
    /// Exponent and offset of the power law, as in `(1.3,3)`.
    public let name: String
    let weights: SIMD8<Double>

    private init(_ name: String, _ weights: SIMD8<Double>) {
        self.name = name
        self.weights = weights
    }

    /// What the kernel makes of counters that have faded to the same moment.
    func score(_ faded: SIMD8<Double>) -> Double { (weights * faded).sum() }

    /// All kernels, from the one that forgets within days to the one that never does.
    public static let all = [
        Kernel("(2.0,3)", SIMD8(0.75690, 0.22048, 0.02110, 0.00142, 0.00009, 0.00001, 0, 0)),
        Kernel("(1.6,3)", SIMD8(0.62431, 0.31635, 0.05238, 0.00619, 0.00068, 0.00008, 0, 0)),
        Kernel("(1.3,3)", SIMD8(0.49991, 0.38385, 0.09554, 0.01726, 0.00283, 0.00056, 0.00005, 0)),
        Kernel("(1.3,7)", SIMD8(0.12285, 0.57167, 0.24510, 0.05003, 0.00851, 0.00169, 0.00016, 0)),
        Kernel("(1.0,7)", SIMD8(0.06371, 0.49090, 0.31306, 0.09823, 0.02485, 0.00795, 0.00131, 0)),
        Kernel("(0.7,20)", SIMD8(0, 0.09619, 0.39152, 0.30198, 0.12142, 0.06779, 0.02110, 0)),
        Kernel("(0.3,20)", SIMD8(0, 0.02843, 0.17463, 0.25209, 0.15272, 0.19375, 0.19839, 0)),
        Kernel("(all)", SIMD8(0, 0, 0, 0, 0, 0, 1, 0)),
    ]

    /// The kernel in use until a profile's own weeks have voted: (1.3,3), the best single one for most people.
    static let standardPosition = 2
}

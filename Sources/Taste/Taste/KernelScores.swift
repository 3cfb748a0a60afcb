/// What each kernel scores a track, for all kernels in one pass over the track's counters.
struct KernelScores {
    /// Groups of eight kernels. The last one is filled up with kernels of weight 0.
    private static let groups = (Kernel.all.count + 7) / 8
    /// The weights of each counter: those of the first eight kernels, of the next eight, and so on.
    private static let weights: [SIMD8<Double>] = {
        var weights = [SIMD8<Double>](repeating: SIMD8(repeating: 0), count: 7 * groups)
        for (number, kernel) in Kernel.all.enumerated() {
            for counter in 0..<7 { weights[counter * groups + number / 8][number % 8] = kernel.weights[counter] }
        }
        return weights
    }()

    private var groups: [SIMD8<Double>]

    /// The same score of every kernel.
    init(repeating score: Double) {
        groups = Array(repeating: SIMD8(repeating: score), count: Self.groups)
        for kernel in Kernel.all.count..<Self.groups * 8 { self[kernel] = .infinity }
    }

    /// The score of a kernel.
    subscript(_ kernel: Int) -> Double {
        get { groups[kernel / 8][kernel % 8] }
        set { groups[kernel / 8][kernel % 8] = newValue }
    }

    /// Replaces the scores by those of a track.
    mutating func score(_ counts: SIMD8<Double>) {
        let weights = Self.weights
        for group in 0..<Self.groups {
            var sum = SIMD8<Double>(repeating: 0)
            for counter in 0..<7 { sum += weights[counter * Self.groups + group] * counts[counter] }
            groups[group] = sum
        }
    }

    /// Whether any score, times a factor, is as high as another one of the same kernel.
    func reaches(_ others: KernelScores, times factor: Double) -> Bool {
        for group in 0..<Self.groups where any(groups[group] * factor .>= others.groups[group]) { return true }
        return false
    }
}

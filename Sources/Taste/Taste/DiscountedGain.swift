import Foundation

/// Normalised discounted cumulative gain with equal gains: how near to the top of a list the right ones are, 1 at best.
///
/// - Parameters:
///   - hits: For each place of the list, whether it is right.
///   - relevantCount: How many right ones there are at all.
/// - Returns: 0 to 1.
func discountedGain(of hits: [Bool], relevantCount: Int) -> Double {
    let ideal = (0..<min(KernelState.guesses, relevantCount)).reduce(0) { $0 + 1 / log2(Double($1 + 2)) }
    let gain = hits.enumerated().reduce(0) { $0 + ($1.element ? 1 / log2(Double($1.offset + 2)) : 0) }
    return ideal > 0 ? gain / ideal : 0
}

import Foundation

/// A number of plays that fades by half in a time. It is kept as of the latest of them, so that no number grows without end.
struct FadingCount: Sendable {
    private var value = 0.0
    private var at = 0.0

    /// Counts one more.
    ///
    /// - Parameters:
    ///   - seconds: When, in seconds.
    ///   - halfLifeS: Seconds after which half is left.
    mutating func add(at seconds: Double, halfLifeS: Double) {
        guard seconds > at || value == 0 else { return value += exp2((seconds - at) / halfLifeS) }
        value = count(at: seconds, halfLifeS: halfLifeS) + 1
        at = seconds
    }

    /// What is left at a time; before the latest play nothing has faded.
    func count(at seconds: Double, halfLifeS: Double) -> Double { value * exp2(min(at - seconds, 0) / halfLifeS) }
}

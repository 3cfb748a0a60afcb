import Foundation

/// Seeds of tests on random histories.
public enum RandomSeeds {
    /// The first seeds of a test, or all of them when the environment variable `HAUNT_ALL_SEEDS` is set, as `.ci/run` does.
    /// A number above 1 in it is how many to try.
    ///
    /// - Parameters:
    ///   - few: How many to try in a usual run.
    ///   - all: How many there are.
    /// - Returns: Seeds from 1 on.
    public static func first(_ few: Int, of all: Int) -> ClosedRange<UInt64> {
        guard let wish = ProcessInfo.processInfo.environment["HAUNT_ALL_SEEDS"] else { return 1...UInt64(few) }
        let count = Int(wish).flatMap { $0 > 1 ? $0 : nil } ?? all
        return 1...UInt64(count)
    }
}

import Foundation

/// Seeds of tests on random histories.
public enum RandomSeeds {
    /// The first seeds of a test, or all of them when the environment variable `HAUNT_ALL_SEEDS` is set, as `.ci/run` does.
    ///
    /// - Parameters:
    ///   - few: How many to try in a usual run.
    ///   - all: How many there are.
    /// - Returns: Seeds from 1 on.
    public static func first(_ few: Int, of all: Int) -> ClosedRange<UInt64> {
        1...UInt64(ProcessInfo.processInfo.environment["HAUNT_ALL_SEEDS"] == nil ? few : all)
    }
}

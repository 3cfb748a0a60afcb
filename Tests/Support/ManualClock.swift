public import Foundation
import Synchronization

/// A clock that stands still until a test moves it.
public final class ManualClock: Sendable {
    private let time: Mutex<Date>

    /// Starts at a time; a Sunday noon when none is given.
    public init(_ start: Date = Date(timeIntervalSince1970: 1_795_348_800)) { time = Mutex(start) }

    /// What the clock says.
    public var now: Date { time.withLock { $0 } }

    /// Moves the clock.
    public func advance(_ seconds: TimeInterval) { time.withLock { $0 += seconds } }
}

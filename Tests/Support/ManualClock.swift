public import Foundation
public import Listening
import Synchronization

/// A clock that stands still until a test moves it.
public final class ManualClock: Sendable {
    private let time: Mutex<Moment>

    /// Starts at a time; a Sunday noon when none is given.
    public init(_ start: Date = Date(timeIntervalSince1970: 1_795_348_800)) { time = Mutex(Moment(start)) }

    /// What the clock says.
    public var now: Date { moment.date }

    /// What the clock says, and the one that is never set.
    public var moment: Moment { time.withLock { $0 } }

    /// Moves the clock.
    public func advance(_ seconds: TimeInterval) {
        time.withLock { time in
            time = Moment(date: time.date.addingTimeInterval(seconds), uptimeS: time.uptimeS + seconds)
        }
    }

    /// Sets the wall clock, while no time passes.
    public func set(to date: Date) { time.withLock { $0.date = date } }
}

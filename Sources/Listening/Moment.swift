public import Foundation

/// An instant on two clocks: the wall clock, which is set now and then, and one that only runs.
///
/// Seconds heard are differences of `uptimeS`; dates are for people.
public struct Moment: Codable, Hashable, Sendable {
    /// What the wall clock says.
    public var date: Date
    /// Seconds on a clock that is never set; its zero is arbitrary.
    public var uptimeS: Double

    /// Creates a moment.
    public init(date: Date, uptimeS: Double) {
        self.date = date
        self.uptimeS = uptimeS
    }

    /// This moment, on the clocks of this machine.
    public static var now: Moment { Moment(date: Date(), uptimeS: ProcessInfo.processInfo.systemUptime) }

    /// The moment of an uptime, on the clocks of this machine.
    ///
    /// - Parameter uptimeS: Seconds of the system's uptime; nil for now.
    public init(uptimeS: Double?) {
        self = .now
        guard let uptimeS else { return }
        date -= self.uptimeS - uptimeS
        self.uptimeS = uptimeS
    }

    /// A moment by a wall clock that is never set, as in tests.
    public init(_ date: Date) { self.init(date: date, uptimeS: date.timeIntervalSinceReferenceDate) }

    /// How far the wall clock is ahead of the running one, in seconds.
    var offsetS: Double { date.timeIntervalSinceReferenceDate - uptimeS }
}

/// The running clock of a recording, which has only the wall clock's times.
public struct RecordedClock: Sendable {
    /// Lines may be out of order by this much, in seconds.
    private static let jitterS = 1.0

    private var last: Moment?

    /// Creates a clock at rest.
    public init() {}

    /// The moment of a time in the recording.
    ///
    /// A clock that was set back gives no hint of the time that passed: none is counted. A clock that was set forward
    /// looks like silence.
    public mutating func moment(of date: Date) -> Moment {
        guard let last else {
            let first = Moment(date)
            self.last = first
            return first
        }
        let elapsedS = date.timeIntervalSince(last.date)
        guard elapsedS > -Self.jitterS else {
            let stepped = Moment(date: date, uptimeS: last.uptimeS)
            self.last = stepped
            return stepped
        }
        guard elapsedS > 0 else { return last }
        let next = Moment(date: date, uptimeS: last.uptimeS + elapsedS)
        self.last = next
        return next
    }
}

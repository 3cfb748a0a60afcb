import Foundation
import Synchronization

/// The time in a made-up house.
final class Clock: Sendable {
    private let current: Mutex<Date>

    init(at time: Date) { current = Mutex(time) }

    var time: Date { current.withLock { $0 } }

    func pass(_ seconds: TimeInterval) { current.withLock { $0 += seconds } }
}

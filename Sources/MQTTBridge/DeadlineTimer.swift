import Dispatch
import Foundation
import Synchronization

/// A timer whose deadline can be changed at any time, and whose expirations are a sequence.
///
/// Deadlines are seconds of the system's uptime, which no setting of the wall clock changes.
final class DeadlineTimer: Sendable {
    private struct State: ~Copyable {
        var timer: any DispatchSourceTimer
        var deadline: Double?
    }

    /// The system's uptime, in seconds.
    static var now: Double { ProcessInfo.processInfo.systemUptime }

    /// Yields at each deadline. Ends with ``cancel()``.
    let ticks: AsyncStream<Void>
    private let continuation: AsyncStream<Void>.Continuation
    private let state: Mutex<State>

    init() {
        let (ticks, continuation) = AsyncStream<Void>.makeStream(bufferingPolicy: .bufferingNewest(1))
        self.ticks = ticks
        self.continuation = continuation
        state = Mutex(State(timer: DispatchSource.makeTimerSource(queue: .global())))
        state.withLock { state in
            state.timer.setEventHandler { [weak self] in self?.fire() }
            state.timer.activate()
        }
    }

    /// Sets the deadline; nil means never. A deadline in the past fires at once.
    func set(_ deadline: Double?) {
        state.withLock { state in
            guard deadline != state.deadline else { return }
            state.deadline = deadline
            let seconds = deadline.map { max(0, $0 - Self.now) }
            state.timer.schedule(deadline: seconds.map { .now() + $0 } ?? .distantFuture, leeway: .milliseconds(5))
        }
    }

    /// Forgets the deadline, so that setting the same one again fires again.
    private func fire() {
        state.withLock { $0.deadline = nil }
        continuation.yield()
    }

    /// Ends the sequence.
    func cancel() {
        state.withLock { $0.timer.cancel() }
        continuation.finish()
    }
}

import Dispatch
import Foundation
import Synchronization

/// One timer that can be set anew at any time, and tells of its end as a sequence.
final class DeadlineTimer: Sendable {
    private struct State: ~Copyable {
        var timer: any DispatchSourceTimer
        var deadline: Date?
    }

    /// Yields when a deadline has come; ends with ``cancel()``.
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

    /// Sets the deadline; nil is never.
    func set(_ deadline: Date?) {
        state.withLock { state in
            guard deadline != state.deadline else { return }
            state.deadline = deadline
            let seconds = deadline.map { max(0, $0.timeIntervalSinceNow) }
            state.timer.schedule(deadline: seconds.map { .now() + $0 } ?? .distantFuture, leeway: .milliseconds(5))
        }
    }

    /// What has fired is no deadline any more: set again it fires again, even if the clock was set back in between.
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

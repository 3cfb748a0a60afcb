import Synchronization

/// What the callers of a client and its loop thread share.
///
/// ## Concurrency model
/// Everything mutable is in one `Mutex` here and one in `inbox`, never held together. The lock is held for moments
/// only: no call into libmosquitto, no continuation and no logging happens under it.
final class ClientCore: Sendable {
    /// How far the client is.
    enum Phase {
        case idle
        /// Looking up and connecting, which cannot be interrupted.
        case dialling
        case connected
        /// Between attempts, or waiting to be let in.
        case waiting
        case ended
    }

    /// The state under the lock.
    struct State {
        var publications: PublicationQueue
        var subscriptions = SubscriptionBook()
        var phase = Phase.idle
        var isStopping = false
        var lastError: MQTTError?
        var connects = 0
        var disconnects = 0
        var ending: CheckedContinuation<Void, Never>?
        var drainWaiters: [Int: CheckedContinuation<Void, Never>] = [:]
        var nextWaiter = 0
    }

    let configuration: MQTTConfiguration
    let inbox: EventQueue
    let wakeUp = WakeUp()
    private let state: Mutex<State>

    init(configuration: MQTTConfiguration) {
        self.configuration = configuration
        inbox = EventQueue(limits: configuration.limits)
        state = Mutex(State(publications: PublicationQueue(limits: configuration.limits)))
    }

    var isStopping: Bool { state.withLock { $0.isStopping } }

    /// Looks at, or changes, the state.
    func withState<Result: Sendable, Failure: Error>(
        _ body: (inout State) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try state.withLock { state throws(Failure) in try body(&state) }
    }

    /// Asks the loop to end.
    ///
    /// While it dials it cannot hear, and it holds nothing of anybody's: then nobody waits for it.
    func stop() {
        let isDialling = state.withLock { state in
            state.isStopping = true
            return state.phase == .dialling
        }
        if isDialling { end() }
        wakeUp.signal()
    }

    /// Enters a phase, unless the client is over.
    ///
    /// - Returns: Whether it may go on: nothing new is begun once a stop was asked for.
    @discardableResult
    func enter(_ phase: Phase) -> Bool {
        state.withLock { state in
            guard state.phase != .ended else { return false }
            state.phase = phase
            return !state.isStopping
        }
    }

    /// Lets go of everybody who waits for the loop, which is over or past hearing.
    func end() {
        inbox.append(CollectionOfOne(.disconnected(MQTTError(.stopped, "The client was stopped."))))
        let (ending, waiters) = state.withLock { state in
            state.phase = .ended
            return (state.ending.take(), exchange(&state.drainWaiters, with: [:]))
        }
        inbox.finish()
        for waiter in waiters.values { waiter.resume() }
        ending?.resume()
    }

    /// Wakes those who wait for everything to be sent, when it is.
    func releaseDrained() {
        let waiters = state.withLock { state in
            state.publications.depth == 0 ? exchange(&state.drainWaiters, with: [:]) : [:]
        }
        for waiter in waiters.values { waiter.resume() }
    }

    /// Waits until nothing is left to be sent; ends early, without a word, when the task is cancelled or the loop ends.
    func drained() async {
        let number = state.withLock { state in
            state.nextWaiter += 1
            return state.nextWaiter
        }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isOver = state.withLock { state in
                    guard state.publications.depth > 0, state.phase != .ended, !Task.isCancelled else { return true }
                    state.drainWaiters[number] = continuation
                    return false
                }
                if isOver { continuation.resume() }
            }
        } onCancel: {
            state.withLock { $0.drainWaiters.removeValue(forKey: number) }?.resume()
        }
    }
}

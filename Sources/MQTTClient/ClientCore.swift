import Synchronization

/// The state that the callers of a client and its loop thread share.
///
/// ## Concurrency model
/// All mutable state is in the `Mutex` here and in the one of `inbox`. The two are never held together. Nothing slow
/// happens under the lock: no call into libmosquitto, no resumed continuation, no logging.
final class ClientCore: Sendable {
    enum Phase {
        case idle
        /// In the blocking calls that resolve the host and connect. A stop cannot interrupt them.
        case connecting
        case connected
        /// Between attempts, or before the answer to CONNECT.
        case waiting
        case ended
    }

    struct State {
        var publications: PublicationQueue
        var subscriptions = Subscriptions()
        var phase = Phase.idle
        var isStopping = false
        var lastError: MQTTError?
        var connects = 0
        var disconnects = 0
        /// Resumed when the loop has ended.
        var ending: CheckedContinuation<Void, Never>?
        /// Resumed when the outbound queue is empty.
        var drainWaiters: [Int: CheckedContinuation<Void, Never>] = [:]
        var nextWaiter = 0
        /// Topics of publications that the broker did not accept because of their size.
        private(set) var tooLargeTopics: Set<TopicName> = []

        mutating func noteTooLarge(_ topic: TopicName) {
            if tooLargeTopics.count < MQTTLimits.maxTooLargeTopics { tooLargeTopics.insert(topic) }
        }
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

    /// Reads or changes the state under the lock.
    func withState<Result: Sendable, Failure: Error>(
        _ body: (inout State) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try state.withLock { state throws(Failure) in try body(&state) }
    }

    /// Asks the loop to end.
    ///
    /// While the loop connects, it cannot react and has nothing to send. In that phase the client ends at once, and the
    /// thread ends later on its own.
    func stop() {
        let isConnecting = state.withLock { state in
            state.isStopping = true
            return state.phase == .connecting
        }
        if isConnecting { end() }
        wakeUp.signal()
    }

    /// Enters a phase, unless the client has ended.
    ///
    /// - Returns: Whether the loop may go on. false after a stop.
    @discardableResult
    func enter(_ phase: Phase) -> Bool {
        state.withLock { state in
            guard state.phase != .ended else { return false }
            state.phase = phase
            return !state.isStopping
        }
    }

    /// Ends the client: finishes the events and resumes everything that waits.
    func end() {
        let error = MQTTError(.stopped, "The client was stopped.")
        inbox.append(CollectionOfOne(.disconnected(error, lastPacketUptimeS: nil)))
        let (ending, waiters) = state.withLock { state in
            state.phase = .ended
            return (state.ending.take(), exchange(&state.drainWaiters, with: [:]))
        }
        inbox.finish()
        for waiter in waiters.values { waiter.resume() }
        ending?.resume()
    }

    /// Resumes the callers of `drained()` if the outbound queue is empty.
    func releaseDrained() {
        let waiters = state.withLock { state in
            state.publications.depth == 0 ? exchange(&state.drainWaiters, with: [:]) : [:]
        }
        for waiter in waiters.values { waiter.resume() }
    }

    /// Waits until the outbound queue is empty. Returns early when the task is cancelled or the loop ends.
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

import Synchronization

/// Something that happened on a client.
public enum MQTTEvent: Equatable, Sendable {
    /// The broker accepted the connection and acknowledged every subscription, so no later publication is missed.
    /// Retained messages of the subscriptions may arrive before or after this event.
    case connected(sessionPresent: Bool)
    /// The connection was lost or could not be made. Repeated failures with the same code are one event.
    ///
    /// The broker's last packet came at `lastPacketUptimeS`, in seconds of the system's uptime. nil: none came.
    case disconnected(MQTTError, lastPacketUptimeS: Double?)
    case message(MQTTMessage)

    fileprivate var cost: Int {
        guard case .message(let message) = self else { return MQTTLimits.overheadBytes }
        return message.cost
    }
}

/// The events of a client in batches. Each batch holds all waiting events in order.
///
/// There is one reader at a time. When it is too slow, the newest messages are dropped and counted. The sequence ends
/// when the client has stopped.
public struct MQTTEvents: AsyncSequence, Sendable {
    public struct Iterator: AsyncIteratorProtocol {
        let queue: EventQueue

        /// Waits for events.
        ///
        /// - Returns: At least one event. nil at the end of the sequence or when the task is cancelled.
        public func next() async -> [MQTTEvent]? {
            await queue.next()
        }
    }

    let queue: EventQueue

    public func makeAsyncIterator() -> Iterator {
        Iterator(queue: queue)
    }
}

/// The bounded queue between the loop thread, which never blocks on it, and the one reader.
///
/// ## Concurrency model
/// All mutable state is in one `Mutex`. The continuation of a waiting reader is resumed outside of the lock, once.
final class EventQueue: Sendable {
    private struct State {
        var events: [MQTTEvent] = []
        var bytes = 0
        var received = 0
        var dropped = 0
        var oversized = 0
        var isFinished = false
        var reader: CheckedContinuation<[MQTTEvent]?, Never>?

        mutating func takeAll() -> [MQTTEvent] {
            bytes = 0
            return exchange(&events, with: [])
        }
    }

    private let limits: MQTTLimits
    private let state = Mutex(State())

    init(limits: MQTTLimits) {
        self.limits = limits
    }

    /// Appends events and wakes the reader. Messages beyond the limits are dropped and counted.
    func append(_ events: some Sequence<MQTTEvent>) {
        let wake = state.withLock { state -> (() -> Void)? in
            for event in events { append(event, to: &state) }
            guard !state.events.isEmpty, let reader = state.reader.take() else { return nil }
            let batch = state.takeAll()
            return { reader.resume(returning: batch) }
        }
        wake?()
    }

    /// Counts a received message whose payload was above the limit.
    func countOversized() {
        state.withLock {
            $0.received += 1
            $0.oversized += 1
        }
    }

    /// Returns all waiting events, after waiting for the first if need be.
    ///
    /// - Returns: nil once the queue is finished and empty, or when the calling task is cancelled.
    func next() async -> [MQTTEvent]? {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let answer = state.withLock { state -> [MQTTEvent]?? in
                    guard state.events.isEmpty else { return state.takeAll() }
                    guard !state.isFinished, !Task.isCancelled else { return .some(nil) }
                    precondition(state.reader == nil, "The events of a client have one reader at a time.")
                    state.reader = continuation
                    return nil
                }
                if let answer { continuation.resume(returning: answer) }
            }
        } onCancel: {
            state.withLock { $0.reader.take() }?.resume(returning: nil)
        }
    }

    /// Ends the sequence after the waiting events.
    func finish() {
        state.withLock { state in
            state.isFinished = true
            return state.reader.take()
        }?.resume(returning: nil)
    }

    /// Fills in the inbound counters.
    func report(to counters: inout MQTTCounters) {
        state.withLock {
            counters.received = $0.received
            counters.droppedInbound = $0.dropped
            counters.oversized = $0.oversized
            counters.inboundDepth = $0.events.count
        }
    }

    private func append(_ event: MQTTEvent, to state: inout State) {
        // Connection events have reserved room, so that a flood of messages cannot push them out.
        var capacity = limits.maxInboundCount
        if case .message = event { state.received += 1 } else { capacity += MQTTLimits.reservedEvents }
        let cost = event.cost
        guard !state.isFinished, state.events.count < capacity, state.bytes + cost <= limits.maxInboundBytes else {
            state.dropped += 1
            return
        }
        state.events.append(event)
        state.bytes += cost
    }
}

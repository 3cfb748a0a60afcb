import Synchronization

/// The way in: a bounded queue between the loop thread, which never waits, and one reader, which takes all there is.
///
/// ## Concurrency model
/// Everything mutable is in one `Mutex`. The continuation of a waiting reader is resumed outside of it, once.
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

    /// Takes events in, drops messages that find no room, and wakes the reader.
    func append(_ events: some Sequence<MQTTEvent>) {
        let wake = state.withLock { state -> (() -> Void)? in
            for event in events { append(event, to: &state) }
            guard !state.events.isEmpty, let reader = state.reader.take() else { return nil }
            let batch = state.takeAll()
            return { reader.resume(returning: batch) }
        }
        wake?()
    }

    /// Counts a message that was too large to be taken in.
    func countOversized() {
        state.withLock {
            $0.received += 1
            $0.oversized += 1
        }
    }

    /// Everything that waits, in order; waits for something if need be.
    ///
    /// - Returns: nil once the queue is finished and empty, or when the reading task is cancelled.
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

    /// Ends the sequence after what waits in it.
    func finish() {
        state.withLock { state in
            state.isFinished = true
            return state.reader.take()
        }?.resume(returning: nil)
    }

    /// Adds what this queue knows to a snapshot.
    func report(to counters: inout MQTTCounters) {
        state.withLock {
            counters.received = $0.received
            counters.droppedInbound = $0.dropped
            counters.oversized = $0.oversized
            counters.inboundDepth = $0.events.count
        }
    }

    private func append(_ event: MQTTEvent, to state: inout State) {
        var room = limits.maxInboundCount
        if case .message = event { state.received += 1 } else { room += MQTTLimits.reservedEvents }
        let cost = event.cost
        guard !state.isFinished, state.events.count < room, state.bytes + cost <= limits.maxInboundBytes else {
            state.dropped += 1
            return
        }
        state.events.append(event)
        state.bytes += cost
    }
}

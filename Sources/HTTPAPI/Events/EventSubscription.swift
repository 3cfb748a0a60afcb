import NIOCore

/// What one client of the event stream gets: what it missed, and what happens.
struct EventSubscription: Sendable {
    /// The end of the feed: takes messages for the client.
    struct Sink: Sendable {
        fileprivate let continuation: AsyncStream<ByteBuffer>.Continuation
        fileprivate let onOverflow: @Sendable () -> Void

        /// Queues a message.
        ///
        /// - Returns: Whether there was room. Where there is none, ``overflow()`` must end it.
        func send(_ message: ByteBuffer) -> Bool {
            if case .dropped = continuation.yield(message) { false } else { true }
        }

        /// Ends it after the messages that wait.
        func finish() { continuation.finish() }

        /// Ends it at once, because the client reads too slowly.
        func overflow() {
            continuation.finish()
            onOverflow()
        }
    }

    /// The id of the newest message before it began.
    let lastID: String
    /// What happened after the message that the client saw last; nil when that is not known, or it saw none.
    let missed: [ByteBuffer]?
    /// Whether it missed something that is forgotten.
    let isReset: Bool
    /// What happens from now on. It ends when the client is too slow, and when the daemon stops.
    let messages: AsyncStream<ByteBuffer>
    private let sink: Sink

    static func make(
        lastID: String, missed: [ByteBuffer]?, isReset: Bool, onOverflow: @escaping @Sendable () -> Void,
        onEnd: @escaping @Sendable () -> Void
    ) -> (EventSubscription, Sink) {
        let (messages, continuation) = AsyncStream.makeStream(
            of: ByteBuffer.self, bufferingPolicy: .bufferingOldest(HTTPLimits.pendingEvents))
        continuation.onTermination = { _ in onEnd() }
        let sink = Sink(continuation: continuation, onOverflow: onOverflow)
        let subscription = EventSubscription(
            lastID: lastID, missed: missed, isReset: isReset, messages: messages, sink: sink)
        return (subscription, sink)
    }

    /// Ends it after the messages that wait.
    func finish() { sink.finish() }

    /// Queues a heartbeat.
    func beat() { if !sink.send(EventText.heartbeat) { sink.overflow() } }
}

/// What happens on a client, in batches: all there is each time, in order.
///
/// There is one reader. It may be slow: what does not fit into the limits is dropped, the newest first, and counted.
/// The sequence ends when the client has stopped.
public struct MQTTEvents: AsyncSequence, Sendable {
    /// Takes one batch after the other.
    public struct Iterator: AsyncIteratorProtocol {
        let queue: EventQueue

        /// Waits for events.
        ///
        /// - Returns: At least one event; nil at the end, or when the task is cancelled.
        public func next() async -> [MQTTEvent]? {
            await queue.next()
        }
    }

    let queue: EventQueue

    /// Begins, or goes on, reading.
    public func makeAsyncIterator() -> Iterator {
        Iterator(queue: queue)
    }
}

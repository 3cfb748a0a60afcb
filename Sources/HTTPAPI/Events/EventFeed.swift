public import Household
import NIOCore
import Synchronization
import Wire

/// Hands what happens in the house to the clients of `/api/events`, and remembers some of it for those that come back.
///
/// Until the first client comes nothing is kept: nobody can have missed anything.
///
/// ## Concurrency model
/// It is called from any thread. All state is in one mutex. Messages are written as text before the lock is taken, and
/// clients share their bytes.
public final class EventFeed: HouseholdObserver {
    private struct State {
        var memory = EventMemory()
        var subscribers: [Int: EventSubscription.Sink] = [:]
        var lastSubscriber = 0
        var isClosed = false

        /// Whether a client may ever see an announcement.
        func needs(_ announcement: Announcement) -> Bool {
            !subscribers.isEmpty || (lastSubscriber > 0 && announcement.reach != .state)
        }
    }

    /// Tells the messages of this run from those of earlier ones.
    private let run: String
    private let clients: Int
    /// Seconds between two heartbeats.
    let heartbeatS: Double
    private let state = Mutex(State())

    /// Creates a feed without clients.
    public convenience init() { self.init(run: String(UInt32.random(in: .min ... .max), radix: 16)) }

    /// - Parameters:
    ///   - run: A word that no other run has.
    ///   - clients: Most clients at a time.
    ///   - heartbeatS: Seconds between two heartbeats.
    init(run: String, clients: Int = HTTPLimits.eventClients, heartbeatS: Double = HTTPLimits.heartbeatS) {
        self.run = run
        self.clients = clients
        self.heartbeatS = heartbeatS
    }

    var clientCount: Int { state.withLock { $0.subscribers.count } }

    /// Tells the clients of an event.
    public func householdDid(_ event: HouseholdEvent) {
        guard let announcement = event.announcement else { return }
        if case .purged = event { state.withLock { $0.memory.forget() } }
        publish(announcement)
    }

    /// Sends an announcement to all clients.
    func publish(_ announcement: Announcement) {
        guard state.withLock({ $0.needs(announcement) }), let text = EventText(announcement) else { return }
        let slow = state.withLock { state in
            let message = state.memory.add(text, isRemembered: announcement.reach != .state, run: run)
            return state.subscribers.values.filter { !$0.send(message) }
        }
        // Outside of the lock, because an end removes the client.
        for client in slow { client.overflow() }
    }

    /// Adds a client.
    ///
    /// - Parameters:
    ///   - id: The id of the last message that it has seen.
    ///   - onOverflow: Called when it reads too slowly, and gets nothing more.
    /// - Returns: What it missed, and what happens from now on.
    /// - Throws: ``HouseholdError`` `unavailable` when there are too many.
    func subscribe(after id: String?, onOverflow: @escaping @Sendable () -> Void) throws -> EventSubscription {
        try state.withLock { state in
            guard !state.isClosed else { throw HouseholdError(.unavailable, "Haunt is stopping") }
            guard state.subscribers.count < clients else {
                throw HouseholdError(
                    .unavailable, "\(clients) clients read events already; close a page, or try again later")
            }
            state.lastSubscriber += 1
            let key = state.lastSubscriber
            let missed = state.memory.messages(after: id, run: run)
            let (subscription, sink) = EventSubscription.make(
                lastID: state.memory.lastID(run: run), missed: missed, isReset: id != nil && missed == nil,
                onOverflow: onOverflow, onEnd: { [weak self] in self?.remove(key) })
            state.subscribers[key] = sink
            return subscription
        }
    }

    /// Ends the answers to all clients, because the daemon stops.
    func close() {
        let clients = state.withLock { state in
            state.isClosed = true
            return state.subscribers.values
        }
        for client in clients { client.finish() }
    }

    private func remove(_ key: Int) { state.withLock { $0.subscribers[key] = nil } }
}

import Foundation
public import Logging
public import ServiceLifecycle

/// A client of an MQTT 5 broker that stays connected, or tries to, for as long as it runs.
///
/// Everything may be called from anywhere at any time, before `run()` too: what needs a connection waits for one.
///
/// ## Concurrency model
/// libmosquitto lives on one thread of our own, which `run()` starts and waits for without holding a thread itself.
/// All other calls only change what is in `ClientCore` and wake that thread.
public final class MQTTClient: Sendable, Service {
    private let core: ClientCore
    private let logger: Logger

    /// Prepares a client; nothing happens before `run()`.
    public init(configuration: MQTTConfiguration, logger: Logger) {
        core = ClientCore(configuration: configuration)
        self.logger = logger
    }

    /// What arrives and what becomes of the connection; has one reader.
    public var events: MQTTEvents { MQTTEvents(queue: core.inbox) }

    /// Whether the broker has let us in.
    public var isConnected: Bool { core.withState { $0.phase == .connected } }

    /// What last went wrong; nil once connected.
    public var lastError: MQTTError? { core.withState { $0.lastError } }

    /// What has passed through so far, and what waits.
    public var counters: MQTTCounters {
        var counters = MQTTCounters()
        core.inbox.report(to: &counters)
        core.withState { state in
            counters.published = state.publications.published
            counters.droppedOutbound = state.publications.dropped
            counters.coalesced = state.publications.coalesced
            counters.outboundDepth = state.publications.depth
            counters.connects = state.connects
            counters.disconnects = state.disconnects
        }
        return counters
    }

    /// Connects, and reconnects whatever happens, until graceful shutdown or cancellation.
    ///
    /// At the end it sends what is queued, for `drainTimeoutS` at most, says goodbye and returns. Runs once.
    ///
    /// - Throws: ``MQTTError`` with code `invalidConfiguration` when no attempt could ever succeed.
    public func run() async throws {
        try core.configuration.validate()
        await withTaskCancellationHandler {
            await withGracefulShutdownHandler {
                await runLoop()
            } onGracefulShutdown: {
                self.core.stop()
            }
        } onCancel: {
            core.stop()
        }
    }

    /// Asks for the messages of these filters, now if connected, and again at every connect.
    ///
    /// - Parameters:
    ///   - filters: What to hear; retained messages come at once.
    ///   - qos: The strongest promise wanted.
    public func subscribe(to filters: [TopicFilter], qos: MQTTQoS = .atLeastOnce) {
        core.withState { $0.subscriptions.subscribe(to: filters, qos: qos) }
        core.wakeUp.signal()
    }

    /// Asks for them no more.
    public func unsubscribe(from filters: [TopicFilter]) {
        core.withState { $0.subscriptions.unsubscribe(from: filters) }
        core.wakeUp.signal()
    }

    /// Queues a publication and returns at once.
    ///
    /// While there is no connection, of several retained publications for a topic only the newest is kept.
    ///
    /// - Throws: ``MQTTError``: `tooLarge`, `queueFull`, or `stopped` after the client has ended.
    public func publish(_ publication: MQTTPublication) throws(MQTTError) {
        let limits = core.configuration.limits
        guard publication.payload.count <= limits.maxPayloadBytes else {
            throw MQTTError(
                .tooLarge,
                "A payload of \(publication.payload.count) bytes for “\(publication.topic)” is too large: "
                    + "\(limits.maxPayloadBytes) are the most.")
        }
        guard publication.correlationData.map({ $0.count <= TopicName.maxBytes }) != false else {
            throw MQTTError(.tooLarge, "Correlation data has at most \(TopicName.maxBytes) bytes.")
        }
        try core.withState { state throws(MQTTError) in
            guard state.phase != .ended else {
                throw MQTTError(.stopped, "The client has stopped; “\(publication.topic)” is not published.")
            }
            try state.publications.append(publication, coalescing: state.phase != .connected, now: .now)
        }
        core.wakeUp.signal()
    }

    /// Waits until everything queued is out and acknowledged.
    ///
    /// - Parameter timeout: The longest wait.
    /// - Returns: Whether nothing was left.
    @discardableResult
    public func flush(timeout: Duration) async -> Bool {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await self.core.drained() }
            group.addTask { try? await Task.sleep(for: timeout) }
            await group.next()
            group.cancelAll()
        }
        return core.withState { $0.publications.depth == 0 }
    }

    private func runLoop() async {
        await withCheckedContinuation { continuation in
            core.withState { state in
                precondition(state.phase == .idle, "A client runs once.")
                state.ending = continuation
                state.phase = .waiting
            }
            let (core, logger) = (core, logger)
            let thread = Thread { BrokerLoop(core: core, logger: logger).run() }
            thread.name = "mqtt"
            thread.start()
        }
    }
}

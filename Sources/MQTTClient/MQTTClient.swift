import Foundation
public import Logging
public import ServiceLifecycle

/// An MQTT 5 client that reconnects for as long as it runs.
///
/// Every method may be called from any thread at any time, also before `run()`. Publications and subscriptions are queued
/// until there is a connection.
///
/// ## Concurrency model
/// libmosquitto runs on one dedicated thread. `run()` starts that thread and suspends until it ends. All other methods
/// change the state in `ClientCore` and wake the thread.
public final class MQTTClient: Sendable, Service {
    private let core: ClientCore
    private let logger: Logger

    /// Creates a client. It connects when `run()` is called.
    public init(configuration: MQTTConfiguration, logger: Logger) {
        core = ClientCore(configuration: configuration)
        self.logger = logger
    }

    /// Messages and connection changes. The sequence has one reader.
    public var events: MQTTEvents { MQTTEvents(queue: core.inbox) }

    /// Whether the broker has accepted the connection.
    public var isConnected: Bool { core.withState { $0.phase == .connected } }

    /// The last error. nil after a successful connect.
    public var lastError: MQTTError? { core.withState { $0.lastError } }

    /// Topics of publications that the broker did not accept because of their size, sorted; at most 100.
    public var tooLargeTopics: [String] { core.withState { $0.tooLargeTopics.map(\.string).sorted() } }

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

    /// Connects, and reconnects after every failure, until graceful shutdown or cancellation.
    ///
    /// It then sends queued publications for at most `drainTimeoutS`, disconnects and returns. It may be called once.
    ///
    /// - Throws: ``MQTTError`` with code `invalidConfiguration` when the settings can never work.
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

    /// Subscribes to these filters now, if connected, and again at every connect.
    ///
    /// - Parameters:
    ///   - filters: Filters to add. The broker sends their retained messages at once.
    ///   - qos: The maximum QoS of delivered messages.
    public func subscribe(to filters: [TopicFilter], qos: MQTTQoS = .atLeastOnce) {
        core.withState { $0.subscriptions.subscribe(to: filters, qos: qos) }
        core.wakeUp.signal()
    }

    public func unsubscribe(from filters: [TopicFilter]) {
        core.withState { $0.subscriptions.unsubscribe(from: filters) }
        core.wakeUp.signal()
    }

    /// Queues a publication and returns at once.
    ///
    /// While there is no connection, only the newest retained publication of a topic is kept.
    ///
    /// - Throws: ``MQTTError`` with code `tooLarge`, `queueFull`, or `stopped` after the client has ended.
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

    /// Removes the publications of a group that wait to be sent. Those that are in flight stay.
    public func withdraw(group: String) {
        core.withState { $0.publications.withdraw(group: group) }
    }

    /// Waits until every queued publication is sent and acknowledged.
    ///
    /// - Parameter timeout: The longest wait.
    /// - Returns: Whether the queue is empty.
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

/// Counts since the client was created, and current queue depths.
public struct MQTTCounters: Equatable, Sendable {
    /// Received messages, including dropped ones.
    public var received = 0
    /// Messages dropped because the inbound queue was full.
    public var droppedInbound = 0
    /// Messages dropped because their payload was too large.
    public var oversized = 0
    /// Publications acknowledged by the broker. At QoS 0, publications written to the socket.
    public var published = 0
    /// Publications lost: queue full, expired, refused, or at QoS 0 cut off by a lost connection.
    public var droppedOutbound = 0
    /// Retained publications replaced by a newer one of the same topic before they were sent.
    public var coalesced = 0
    /// Connections accepted by the broker.
    public var connects = 0
    /// Accepted connections that ended.
    public var disconnects = 0
    /// Events that wait for the reader.
    public var inboundDepth = 0
    /// Publications that wait to be sent or acknowledged.
    public var outboundDepth = 0

    public init() {}
}

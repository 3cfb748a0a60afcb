import Foundation
import Logging

/// The life of a client on its own thread: connect, serve, wait, again, until told to stop.
///
/// ## Concurrency model
/// Made and used by the loop thread alone; `core` is what it shares with the rest.
final class BrokerLoop {
    let core: ClientCore
    let logger: Logger
    /// Filters whose acknowledgement is awaited, by message id.
    var awaitedSubscriptions: [Int32: TopicFilter] = [:]
    /// When the broker let us in, while it does.
    var connectedAt: ContinuousClock.Instant?
    /// A connection whose reader does not know of it yet, because the broker has not answered every subscription.
    var unannounced: MQTTEvent?
    private var backoff: ReconnectBackoff
    /// What was last said to be wrong, so that each condition is said once.
    private var reported: Set<String> = []
    private var reportedCode: MQTTError.Code?

    init(core: ClientCore, logger: Logger) {
        self.core = core
        self.logger = logger
        backoff = core.configuration.backoff
    }

    /// Works until the client is stopped.
    func run() {
        while !core.isStopping {
            do throws(MQTTError) {
                try connectAndServe()
            } catch {
                disconnected(error)
                if !core.isStopping { pause() }
            }
        }
        core.end()
    }

    /// Notes that the broker let us in.
    func connected(sessionPresent: Bool) {
        connectedAt = .now
        reportedCode = nil
        core.withState { state in
            state.phase = .connected
            state.connects += 1
            state.lastError = nil
            state.subscriptions.connectionMade()
        }
        logger.notice("Connected to \(core.configuration.url).")
        unannounced = .connected(sessionPresent: sessionPresent)
    }

    /// Says something is wrong, once for each condition.
    func warn(_ error: MQTTError, about condition: String) {
        core.withState { $0.lastError = error }
        let isNew = reported.count < Self.maxReported && reported.insert(condition).inserted
        logger.log(
            level: isNew ? .warning : .debug, "\(error.message)", metadata: ["mqtt.error": "\(error.code.rawValue)"])
    }

    /// How many different conditions are told apart.
    private static let maxReported = 1_000

    private func connectAndServe() throws(MQTTError) {
        let connection = try MosquittoConnection(core.configuration)
        logger.debug("Connecting to \(core.configuration.url).")
        guard core.enter(.dialling) else { return }
        defer { core.enter(.waiting) }
        try connection.dial()
        guard core.enter(.waiting) else { return }
        try serve(connection)
    }

    private func disconnected(_ error: MQTTError) {
        let held = connectedAt.map { ContinuousClock.now - $0 }
        connectedAt = nil
        unannounced = nil
        awaitedSubscriptions = [:]
        core.withState { state in
            state.lastError = error
            state.publications.connectionLost()
            state.subscriptions.connectionLost()
            if held != nil { state.disconnects += 1 }
        }
        if let held, held >= .seconds(MQTTLimits.stableAfterS) { backoff.reset() }
        let isNews = held != nil || reportedCode != error.code
        reportedCode = error.code
        logger.log(
            level: isNews ? .warning : .debug, "\(error.message) Trying again.",
            metadata: ["mqtt.error": "\(error.code.rawValue)"])
        if isNews { core.inbox.append(CollectionOfOne(.disconnected(error))) }
    }

    /// Waits before the next attempt; a stop ends it, a publication does not.
    private func pause() {
        let end = ContinuousClock.now + backoff.next(random: .random(in: 0..<1))
        while !core.isStopping, end > .now {
            let milliseconds = Int32(clamping: (end - .now).milliseconds + 1)
            _ = core.wakeUp.wait(socket: -1, writing: false, milliseconds: milliseconds)
        }
    }
}

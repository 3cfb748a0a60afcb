import Foundation
import Logging

/// The main loop of a client on its own thread: connect, serve, wait, reconnect, until the client is stopped.
///
/// ## Concurrency model
/// Created and used on the loop thread only. `core` is the state shared with other threads.
final class BrokerLoop {
    private let core: ClientCore
    private let logger: Logger
    private let warnings: WarningLog
    private var backoff: ReconnectBackoff
    private var session: BrokerSession?
    /// The code of the last failure. Repetitions are logged at debug level and are no events.
    /// Connections in a row that the broker closed soon.
    private var shortConnections = 0
    private var lastCode: MQTTError.Code?

    init(core: ClientCore, logger: Logger) {
        self.core = core
        self.logger = logger
        warnings = WarningLog(core: core, logger: logger)
        backoff = core.configuration.backoff
    }

    /// Runs until the client is stopped.
    func run() {
        while !core.isStopping {
            do throws(MQTTError) {
                try connectAndServe()
            } catch {
                connectionEnded(error)
                if !core.isStopping { pause() }
            }
        }
        session = nil
        core.end()
    }

    private func connectAndServe() throws(MQTTError) {
        let connection = try MosquittoConnection(core.configuration)
        let session = BrokerSession(connection, core: core, logger: logger, warnings: warnings)
        self.session = session
        logger.debug("Connecting to \(core.configuration.url).")
        guard core.enter(.connecting) else { return }
        defer { core.enter(.waiting) }
        try connection.connect()
        guard core.enter(.waiting) else { return }
        try session.serve()
    }

    private func connectionEnded(_ error: MQTTError) {
        let heldFor = session?.connectedAt.map { ContinuousClock.now - $0 }
        let lastPacketUptimeS = session?.lastPacketUptimeS
        session = nil
        core.withState { state in
            state.lastError = error
            state.publications.connectionLost()
            state.subscriptions.connectionLost()
            if heldFor != nil { state.disconnects += 1 }
        }
        if let heldFor { judge(heldFor, error) }
        let isNew = heldFor != nil || lastCode != error.code
        lastCode = error.code
        logger.log(
            level: isNew ? .warning : .debug, "\(error.message) Trying again.",
            metadata: ["mqtt.error": "\(error.code.rawValue)"])
        if isNew { core.inbox.append(CollectionOfOne(.disconnected(error, lastPacketUptimeS: lastPacketUptimeS))) }
    }

    /// Resets the back-off after a stable connection, and names the likely cause when several in a row were cut short.
    private func judge(_ heldFor: Duration, _ error: MQTTError) {
        guard heldFor < .seconds(MQTTLimits.stableAfterS) else {
            backoff.reset()
            shortConnections = 0
            return
        }
        guard error.code == .connectionLost else { return }
        shortConnections += 1
        guard shortConnections == MQTTLimits.suspiciousConnections else { return }
        logger.warning(
            """
            The broker closed \(shortConnections) connections in a row soon after it accepted them. Does another program, \
            perhaps a second Haunt, use the client id “\(core.configuration.clientID)”? Each needs its own (mqtt.client_id).
            """)
    }

    /// Waits before the next attempt. A stop ends the wait, other signals do not.
    private func pause() {
        let end = ContinuousClock.now + backoff.next(random: .random(in: 0..<1))
        while !core.isStopping, end > .now {
            _ = core.wakeUp.wait(socket: -1, writing: false, milliseconds: end.millisecondsFromNow)
        }
    }
}

/// Logs each condition once as a warning and later at debug level, over all connections of a client.
final class WarningLog {
    private let core: ClientCore
    private let logger: Logger
    private var conditions: Set<String> = []

    init(core: ClientCore, logger: Logger) {
        self.core = core
        self.logger = logger
    }

    func warn(_ error: MQTTError, about condition: String) {
        core.withState { $0.lastError = error }
        let isNew = conditions.count < MQTTLimits.maxRememberedWarnings && conditions.insert(condition).inserted
        logger.log(
            level: isNew ? .warning : .debug, "\(error.message)", metadata: ["mqtt.error": "\(error.code.rawValue)"])
    }
}

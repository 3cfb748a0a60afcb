import Logging

/// Serves one connection: passes subscriptions and publications from `ClientCore` to it, and its events back.
///
/// ## Concurrency model
/// Confined to the loop thread, like the connection.
final class BrokerSession {
    /// When the broker accepted the connection. nil before.
    private(set) var connectedAt: ContinuousClock.Instant?
    /// Filters by the message id whose SUBACK is awaited.
    private var awaitedSubscriptions: [Int32: TopicFilter] = [:]
    /// The `connected` event, held back until every subscription is acknowledged.
    private var connectedEvent: MQTTEvent?

    /// When the broker's last packet came, in seconds of the system's uptime. nil before the first.
    var lastPacketUptimeS: Double? { connection.lastPacketUptimeS }

    private let connection: MosquittoConnection
    private let core: ClientCore
    private let logger: Logger
    private let warnings: WarningLog

    init(_ connection: MosquittoConnection, core: ClientCore, logger: Logger, warnings: WarningLog) {
        self.connection = connection
        self.core = core
        self.logger = logger
        self.warnings = warnings
    }

    /// Serves the connection until the client is stopped and DISCONNECT is sent.
    ///
    /// - Throws: ``MQTTError`` when the connection fails.
    func serve() throws(MQTTError) {
        // What was read is handed on however the connection ends: the broker has its acknowledgement, and sends it no more.
        defer { try? handle(connection.takeEvents()) }
        let connectBy = ContinuousClock.now + .seconds(core.configuration.limits.connectTimeoutS)
        var drainBy: ContinuousClock.Instant?
        while true {
            if connectedAt != nil {
                try sendSubscriptions()
                announceConnection()
                try sendPublications()
            } else if connectBy <= .now {
                throw MQTTError(
                    .timeout, "What answers at \(core.configuration.url) does not speak MQTT, or is too busy.")
            }
            core.releaseDrained()
            if core.isStopping {
                let deadline = drainBy ?? .now + .seconds(core.configuration.limits.drainTimeoutS)
                drainBy = deadline
                if connectedAt == nil || isDrained || deadline <= .now { return disconnect() }
            }
            try turn(until: drainBy)
        }
    }

    private var isDrained: Bool {
        core.withState { $0.publications.depth == 0 }
    }

    private func announceConnection() {
        guard awaitedSubscriptions.isEmpty, let event = connectedEvent.take() else { return }
        core.inbox.append(CollectionOfOne(event))
    }

    private func turn(until deadline: ContinuousClock.Instant?) throws(MQTTError) {
        let pause = min(MQTTLimits.maxPauseMs, deadline?.millisecondsFromNow ?? .max)
        let failure = connection.turn(core.wakeUp, milliseconds: pause)
        if failure != nil || connection.areEventsDue { try handle(connection.takeEvents()) }
        if let failure { throw failure }
    }

    private func disconnect() {
        let unsent = core.withState { $0.publications.depth }
        if unsent > 0 {
            logger.warning("Stopping with \(unsent) publications unsent.", metadata: ["mqtt.unsent": "\(unsent)"])
        }
        guard connectedAt != nil else { return }
        connection.disconnect(core.wakeUp, by: .now + .seconds(MQTTLimits.disconnectTimeoutS))
        core.withState { $0.disconnects += 1 }
    }
}

// MARK: - To the broker

extension BrokerSession {
    private func sendSubscriptions() throws(MQTTError) {
        for change in core.withState({ $0.subscriptions.takeChanges() }) {
            do throws(MQTTError) {
                try send(change)
            } catch {
                guard !error.endsConnection else { throw error }
                warnings.warn(error, about: "subscription \(change)")
            }
        }
    }

    private func send(_ change: Subscriptions.Change) throws(MQTTError) {
        switch change {
        case .subscribe(let filter, let qos):
            awaitedSubscriptions[try connection.subscribe(to: filter, qos: qos)] = filter
        case .unsubscribe(let filter):
            try connection.unsubscribe(from: filter)
        }
    }

    private func sendPublications() throws(MQTTError) {
        while let entry = core.withState({ $0.publications.next(now: .now) }) { try send(entry) }
    }

    private func send(_ entry: PublicationQueue.Entry) throws(MQTTError) {
        do {
            let id = try connection.publish(entry.publication)
            core.withState { $0.publications.sent(entry, as: id) }
        } catch {
            guard !error.endsConnection else {
                core.withState { $0.publications.putBack(entry) }
                throw error
            }
            let topic = entry.publication.topic
            warnings.warn(
                MQTTError(error.code, "“\(topic)” is not sent: \(error.message)"), about: "publication \(topic)")
            if error.code == .tooLarge {
                core.withState { $0.noteTooLarge(topic) }
                if let smaller = entry.withFallback { return try send(smaller) }
            }
            core.withState { $0.publications.drop(entry) }
        }
    }
}

// MARK: - From the broker

extension BrokerSession {
    private func handle(_ events: [ConnectionEvent]) throws(MQTTError) {
        var messages: [MQTTEvent] = []
        defer { if !messages.isEmpty { core.inbox.append(messages) } }
        for event in events {
            switch event {
            case .message(let message): messages.append(.message(message))
            case .connected(let sessionPresent): connected(sessionPresent: sessionPresent)
            case .published(let id, let reason): published(id, reason: reason)
            case .subscribed(let id, let reasons): subscribed(id, reasons: reasons)
            case .oversized(let topic, let bytes): oversized(topic, bytes: bytes)
            case .refused(let reason): throw MQTTError(refusal: reason, url: core.configuration.url)
            case .closedByBroker(let reason):
                if let error = MQTTError(closing: reason, url: core.configuration.url) { throw error }
            }
        }
    }

    private func connected(sessionPresent: Bool) {
        connectedAt = .now
        connectedEvent = .connected(sessionPresent: sessionPresent)
        core.withState { state in
            state.phase = .connected
            state.connects += 1
            state.lastError = nil
            state.subscriptions.connectionMade()
        }
        logger.notice("Connected to \(core.configuration.url).")
    }

    private func published(_ id: Int32, reason: Int32) {
        let isAccepted = reason < MQTTError.firstFailureReason
        let publication = core.withState { $0.publications.acknowledge(id, accepted: isAccepted) }
        guard !isAccepted, let topic = publication?.topic else { return }
        warnings.warn(
            MQTTError(
                .publicationRefused,
                "The broker refused a publication on “\(topic)”: \(MQTTError.text(ofReason: reason)). "
                    + "Does its access list let this client write there?"),
            about: "publication \(topic)")
    }

    private func subscribed(_ id: Int32, reasons: [Int32]) {
        guard let filter = awaitedSubscriptions.removeValue(forKey: id) else { return }
        for reason in reasons where reason >= MQTTError.firstFailureReason {
            warnings.warn(
                MQTTError(
                    .subscriptionRefused,
                    "The broker refused the subscription to “\(filter)”: \(MQTTError.text(ofReason: reason)). "
                        + "Does its access list let this client read there?"),
                about: "subscription \(filter)")
        }
    }

    private func oversized(_ topic: String, bytes: Int) {
        core.inbox.countOversized()
        let limit = core.configuration.limits.maxPayloadBytes
        warnings.warn(
            MQTTError(.tooLarge, "A message of \(bytes) bytes on “\(topic)” is dropped: \(limit) are the most."),
            about: "oversized \(topic)")
    }
}

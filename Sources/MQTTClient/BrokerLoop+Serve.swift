import Foundation
import Logging

extension BrokerLoop {
    /// Serves one connection until it fails, which throws, or until the client is stopped and has said goodbye.
    func serve(_ connection: MosquittoConnection) throws(MQTTError) {
        let acceptBy = ContinuousClock.now + .seconds(core.configuration.limits.connectTimeoutS)
        var drainBy: ContinuousClock.Instant?
        while true {
            if connectedAt != nil {
                try sendSubscriptions(over: connection)
                announceConnection()
                try sendPublications(over: connection)
            } else if acceptBy <= .now {
                throw MQTTError(
                    .timeout, "What answers at \(core.configuration.url) does not speak MQTT, or is too busy.")
            }
            core.releaseDrained()
            if core.isStopping {
                let deadline = drainBy ?? .now + .seconds(core.configuration.limits.drainTimeoutS)
                drainBy = deadline
                if connectedAt == nil || isDrained || deadline <= .now { return sayGoodbye(over: connection) }
            }
            try turn(connection, until: drainBy)
        }
    }

    /// Tells of the connection once nothing published from then on can be missed.
    private func announceConnection() {
        guard awaitedSubscriptions.isEmpty, let event = unannounced.take() else { return }
        core.inbox.append(CollectionOfOne(event))
    }

    private var isDrained: Bool {
        core.withState { $0.publications.depth == 0 }
    }

    private func turn(_ connection: MosquittoConnection, until deadline: ContinuousClock.Instant?) throws(MQTTError) {
        var pause = MQTTLimits.maxPauseMs
        if let deadline { pause = min(pause, Int32(clamping: max(0, (deadline - .now).milliseconds) + 1)) }
        let failure = connection.turn(core.wakeUp, milliseconds: pause)
        try take(connection.takeEvents())
        if let failure { throw failure }
    }

    private func take(_ events: [ConnectionEvent]) throws(MQTTError) {
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

    private func oversized(_ topic: String, bytes: Int) {
        core.inbox.countOversized()
        let most = core.configuration.limits.maxPayloadBytes
        warn(
            MQTTError(.tooLarge, "A message of \(bytes) bytes on “\(topic)” is dropped: \(most) are the most."),
            about: "oversized \(topic)")
    }

    private func published(_ id: Int32, reason: Int32) {
        let isAccepted = reason < MQTTError.firstFailure
        let publication = core.withState { $0.publications.acknowledge(id, accepted: isAccepted) }
        guard !isAccepted, let topic = publication?.topic else { return }
        warn(
            MQTTError(
                .publicationRefused,
                "The broker refused a publication on “\(topic)”: \(MQTTError.text(ofReason: reason)). "
                    + "Does its access list let this client write there?"),
            about: "publication \(topic)")
    }

    private func subscribed(_ id: Int32, reasons: [Int32]) {
        guard let filter = awaitedSubscriptions.removeValue(forKey: id) else { return }
        for reason in reasons where reason >= MQTTError.firstFailure {
            warn(
                MQTTError(
                    .subscriptionRefused,
                    "The broker refused the subscription to “\(filter)”: \(MQTTError.text(ofReason: reason)). "
                        + "Does its access list let this client read there?"),
                about: "subscription \(filter)")
        }
    }

    private func sendSubscriptions(over connection: MosquittoConnection) throws(MQTTError) {
        for change in core.withState({ $0.subscriptions.takeChanges() }) {
            do throws(MQTTError) {
                try send(change, over: connection)
            } catch {
                guard !error.endsConnection else { throw error }
                warn(error, about: "subscription \(change)")
            }
        }
    }

    private func send(_ change: SubscriptionBook.Change, over connection: MosquittoConnection) throws(MQTTError) {
        switch change {
        case .subscribe(let filter, let qos):
            awaitedSubscriptions[try connection.subscribe(to: filter, qos: qos)] = filter
        case .unsubscribe(let filter):
            try connection.unsubscribe(from: filter)
        }
    }

    private func sendPublications(over connection: MosquittoConnection) throws(MQTTError) {
        while let entry = core.withState({ $0.publications.next(now: .now) }) {
            do {
                let id = try connection.publish(entry.publication)
                core.withState { $0.publications.sent(entry, as: id) }
            } catch {
                guard !error.endsConnection else {
                    core.withState { $0.publications.putBack(entry) }
                    throw error
                }
                core.withState { $0.publications.drop(entry) }
                warn(error, about: "publication \(entry.publication.topic)")
            }
        }
    }

    private func sayGoodbye(over connection: MosquittoConnection) {
        let unsent = core.withState { $0.publications.depth }
        if unsent > 0 {
            logger.warning("Stopping with \(unsent) publications unsent.", metadata: ["mqtt.unsent": "\(unsent)"])
        }
        guard connectedAt != nil else { return }
        connection.disconnect(core.wakeUp, by: .now + .seconds(MQTTLimits.farewellS))
        core.withState { $0.disconnects += 1 }
    }
}

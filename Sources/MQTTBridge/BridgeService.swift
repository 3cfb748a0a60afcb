import Foundation
public import Household
import Listening
public import Logging
public import MQTTClient
public import ServiceLifecycle
import Wire

/// Processes all messages from the broker: requests go to ``BridgeRequests``, player messages through their dialect to
/// the household.
///
/// ## Concurrency model
/// An actor. Messages are processed one batch at a time and in order. The timer fires between batches.
public actor BridgeService: Service {
    private let household: Household
    private let client: MQTTClient
    private let publisher: BridgePublisher
    private let requests: BridgeRequests
    private let logger: Logger
    private let retainedFilters: [TopicFilter]
    private let timer = DeadlineTimer()
    private var settings: BridgeSettings
    private var router: SourceRouter
    private var evidence: EvidenceRouter
    /// When to unsubscribe from the bridge's own retained topics, in seconds of the uptime; nil when they are not subscribed.
    private var sweepsUntil: Double?
    /// How often the timer was set.
    private var timerSettings = 0

    /// Creates the service and subscribes.
    ///
    /// - Parameters:
    ///   - household: Receives player updates and performs requests.
    ///   - client: The connection to the broker.
    ///   - publisher: Publishes answers and states.
    ///   - settings: The configuration.
    ///   - logger: The logger.
    /// - Throws: ``MQTTError`` when the topics of a source are invalid.
    public init(
        household: Household, client: MQTTClient, publisher: BridgePublisher, settings: BridgeSettings, logger: Logger
    ) throws {
        self.household = household
        self.client = client
        self.publisher = publisher
        self.settings = settings
        self.logger = logger
        retainedFilters = try publisher.retainedFilters.map { try TopicFilter($0) }
        requests = BridgeRequests(household: household, publisher: publisher, logger: logger)
        router = try SourceRouter(settings)
        evidence = try EvidenceRouter(settings)
        // Subscribed before the connection exists, so that the state `online` means that requests are received.
        let inbound = publisher.topics.inbound + [publisher.discovery.statusTopic]
        client.subscribe(to: try inbound.map { try TopicFilter($0) } + router.filters + evidence.filters)
        publisher.speakers.setCommandDialects(settings.commands)
    }

    /// Processes messages until the daemon stops, then saves the checkpoint and publishes the state `offline`.
    public func run() async throws {
        await household.observe(evidence.accounts)
        try await withThrowingDiscardingTaskGroup { group in
            group.addTask { await self.runTimer() }
            group.addTask { await self.reportHealth() }
            group.addTask { await self.publisher.runDiscovery() }
            for await batch in client.events.cancelOnGracefulShutdown() { await process(batch) }
            group.cancelAll()
            timer.cancel()
            publisher.discovery.cancel()
        }
        await household.saveCheckpoint()
        publisher.publishRetained(BridgeState(state: "offline"), to: publisher.topics.state)
    }

    /// Applies other settings.
    ///
    /// - Throws: ``MQTTError`` when the topics of a source are invalid. The settings stay as they were then.
    public func reload(_ settings: BridgeSettings) throws {
        let filters = Set(router.filters)
        let changed = try router.reloaded(settings)
        self.settings = settings
        publisher.speakers.setCommandDialects(settings.commands)
        router = changed
        client.unsubscribe(from: filters.subtracting(changed.filters).sorted { $0.string < $1.string })
        client.subscribe(to: changed.filters.filter { !filters.contains($0) })
        publishInfo()
    }
}

extension BridgeService {
    /// How long the bridge subscribes to its own retained topics after it connected, in seconds.
    private static let sweepS = 5.0

    /// How often the health is published, in seconds.
    private static let healthS = 60

    private func process(_ batch: [MQTTEvent]) async {
        noteSpeakers()
        defer { publisher.count(sources: router.received, refusedUpdates: router.refused) }
        var news: [SourceNews] = []
        for event in batch {
            if case .message(let message) = event, !isOwn(message) {
                let time = Moment(date: message.receivedAt, uptimeS: message.receivedUptimeS)
                let evidenceNews = evidence.receive(message, at: time)
                if !evidenceNews.isEmpty {
                    // Player messages that came before the evidence are processed before it.
                    await forward(exchange(&news, with: []))
                    await household.observe(evidenceNews)
                }
                news += router.receive(message, at: time)
                continue
            }
            await forward(exchange(&news, with: []))
            await process(event)
        }
        await forward(news)
        await setTimer()
    }

    /// Hands the names of the household's speakers to the router.
    private func noteSpeakers() { router.admit(known: publisher.speakers.known, owned: publisher.speakers.owned) }

    /// Whether a message is for the bridge itself, and not from a player.
    private func isOwn(_ message: MQTTMessage) -> Bool {
        message.topic == publisher.discovery.statusTopic || InboundTopic(message.topic, in: publisher.topics) != nil
            || (message.isRetained && retainedFilters.contains { $0.matches(message.topic) })
    }

    private func process(_ event: MQTTEvent) async {
        switch event {
        case .connected: await didConnect()
        case .disconnected(let error, let lastPacketUptimeS):
            logger.warning("The broker is away: \(error.message)")
            let time = Moment(uptimeS: lastPacketUptimeS)
            await forward(router.close(at: time))
            await household.interrupt(source: nil, at: time)
        case .message(let message): await process(message)
        }
    }

    private func process(_ message: MQTTMessage) async {
        if let topic = InboundTopic(message.topic, in: publisher.topics) {
            guard !message.isRetained else {
                publisher.countRetainedRequest()
                logger.warning("Ignored a retained message on \(message.topic): requests and listens are not retained")
                return
            }
            await requests.handle(message, on: topic)
            return
        }
        if message.isRetained, retainedFilters.contains(where: { $0.matches(message.topic) }) {
            publisher.reconcile(retained: message)
        }
        if message.topic == publisher.discovery.statusTopic, message.text == "online" {
            publisher.discovery.homeAssistantStarted()
        }
        await forward(
            router.receive(message, at: Moment(date: message.receivedAt, uptimeS: message.receivedUptimeS)))
    }

    /// Hands updates to the household, in one batch as long as no interruption comes between them.
    private func forward(_ news: [SourceNews]) async {
        var updates: [(PlayerUpdate, ListenRules)] = []
        for item in news {
            switch item {
            case .update(let update, let rules): updates.append((update, rules))
            case .interrupted(let source, let time):
                await household.observe(updates)
                updates = []
                await household.interrupt(source: source, at: time)
            case .forgotten(let speaker, _):
                await household.observe(updates)
                updates = []
                await household.forget(speaker: speaker)
            }
        }
        if !updates.isEmpty { await household.observe(updates) }
    }

    /// Publishes all retained states again, because the broker may have lost them, and begins to look for outdated ones.
    private func didConnect() async {
        logger.notice("Connected to the broker")
        publisher.publishRetained(BridgeState(state: "online"), to: publisher.topics.state)
        publishInfo()
        await household.reportAll()
        publisher.discovery.connected()
        await household.reportHealth()
        client.subscribe(to: retainedFilters)
        sweepsUntil = DeadlineTimer.now + Self.sweepS
    }

    private func endSweep() {
        guard let end = sweepsUntil, end <= DeadlineTimer.now else { return }
        sweepsUntil = nil
        client.unsubscribe(from: retainedFilters)
    }

    private func publishInfo() {
        publisher.publishRetained(
            BridgeInfo(
                version: settings.version, schemaVersion: household.schemaVersion, dialects: router.dialects,
                config: settings.redactedConfiguration, restartRequired: settings.needsRestart),
            to: publisher.topics.info)
    }

    /// Sets the timer to the next deadline of all parts.
    ///
    /// Two calls overlap when messages arrive while a deadline is processed. The later call has the newer deadline of the
    /// household, so only that one sets the timer.
    private func setTimer() async {
        timerSettings += 1
        let setting = timerSettings
        let householdDeadline = await household.secondsToDeadline.map { DeadlineTimer.now + $0 }
        guard setting == timerSettings else { return }
        let deadlines = [router.nextDeadline, householdDeadline, sweepsUntil]
        timer.set(deadlines.compactMap { $0 }.min())
    }

    private func runTimer() async {
        for await _ in timer.ticks {
            endSweep()
            noteSpeakers()
            await forward(router.advance(to: .now))
            await household.advance()
            await setTimer()
        }
    }

    /// Has the health published once a minute, and when the store fails or works again, until the task is cancelled.
    private func reportHealth() async {
        await withDiscardingTaskGroup { group in
            group.addTask { [household, publisher] in
                for await _ in publisher.storeChanges { await household.reportHealth() }
            }
            while (try? await Task.sleep(for: .seconds(Self.healthS))) != nil { await household.reportHealth() }
            group.cancelAll()
        }
    }
}

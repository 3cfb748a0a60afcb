import Foundation
public import Household
import Listening
public import Logging
public import MQTTClient
public import ServiceLifecycle
import Wire

/// The way from the broker into the house: each message goes to the dialect or the request that its topic names.
///
/// ## Concurrency model
/// An actor. Messages are taken one batch at a time and in order; the timer's ticks come in between.
public actor BridgeService: Service {
    private let household: Household
    private let client: MQTTClient
    private let publisher: BridgePublisher
    private let requests: BridgeRequests
    private let health: HealthReporter
    private let logger: Logger
    private let keptFilters: [TopicFilter]
    private let timer = DeadlineTimer()
    private var settings: BridgeSettings
    private var router: SourceRouter
    /// When what the broker kept from earlier runs has been seen.
    private var sweepsUntil: Date?

    /// Creates the service.
    ///
    /// - Parameters:
    ///   - household: The house.
    ///   - client: The connection.
    ///   - publisher: Tells the broker what happens.
    ///   - settings: What the configuration says.
    ///   - logger: Where the lines that matter go.
    /// - Throws: ``MQTTError`` when a source's topics are none.
    public init(
        household: Household, client: MQTTClient, publisher: BridgePublisher, settings: BridgeSettings, logger: Logger
    ) throws {
        self.household = household
        self.client = client
        self.publisher = publisher
        self.settings = settings
        self.logger = logger
        keptFilters = try publisher.keptFilters.map { try TopicFilter($0) }
        health = HealthReporter(household: household, client: client, publisher: publisher)
        requests = BridgeRequests(household: household, publisher: publisher, health: health)
        router = try SourceRouter(settings)
        // Before there is a connection, so that being connected means being heard.
        let inbound = publisher.topics.inbound + [publisher.discovery.statusTopic]
        client.subscribe(to: try inbound.map { try TopicFilter($0) } + router.filters)
        publisher.setCommandDialects(settings.commands)
    }

    /// Player messages taken in so far, by dialect.
    public var received: [String: Int] { router.received }

    /// Takes in what comes until the daemon stops; then says goodbye while there still is a connection.
    public func run() async throws {
        try await withThrowingDiscardingTaskGroup { group in
            group.addTask { await self.tickWhenDue() }
            group.addTask { await self.reportHealth() }
            group.addTask { await self.publisher.runDiscovery() }
            for await batch in client.events.cancelOnGracefulShutdown() { await take(batch) }
            group.cancelAll()
            timer.cancel()
            publisher.discovery.cancel()
        }
        await household.saveCheckpoint()
        publisher.keep(BridgeState(state: "offline"), on: publisher.topics.state)
    }

    /// Changes what can be changed while the bridge runs.
    public func reload(_ settings: BridgeSettings) throws {
        let filters = Set(router.filters)
        let changed = try router.reloaded(settings)
        self.settings = settings
        publisher.setCommandDialects(settings.commands)
        router = changed
        client.unsubscribe(from: filters.subtracting(changed.filters).sorted { $0.string < $1.string })
        client.subscribe(to: changed.filters.filter { !filters.contains($0) })
        publishInfo()
    }
}

extension BridgeService {
    /// How long after connecting the broker is asked what it keeps of us, in seconds.
    private static let sweepS: TimeInterval = 5

    /// The clock that nobody sets, in seconds.
    private static var uptimeS: Double { ProcessInfo.processInfo.systemUptime }

    private func take(_ batch: [MQTTEvent]) async {
        for event in batch {
            switch event {
            case .connected: await arrive()
            case .disconnected(let error):
                logger.warning("The broker is away: \(error.message)")
                await household.interrupt(source: nil)
            case .message(let message): await take(message)
            }
        }
        await setTimer()
    }

    private func take(_ message: MQTTMessage) async {
        if let topic = InboundTopic(message.topic, in: publisher.topics) {
            guard !message.isRetained else {
                health.count(.retainedRequest)
                logger.warning("Ignored a retained message on \(message.topic): requests and listens are not retained")
                return
            }
            await requests.handle(message, on: topic)
            return
        }
        if message.isRetained, keptFilters.contains(where: { $0.matches(message.topic) }) { publisher.found(message) }
        if message.topic == publisher.discovery.statusTopic, message.text == "online" {
            publisher.discovery.homeAssistantCame()
        }
        await tell(
            router.receive(message, at: Moment(date: message.receivedAt, uptimeS: message.receivedUptimeS)))
    }

    private func tell(_ news: [SourceNews]) async {
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

    /// Says who we are and how things stand, at each connection: the broker may have forgotten.
    private func arrive() async {
        logger.notice("Connected to the broker")
        publisher.keep(BridgeState(state: "online"), on: publisher.topics.state)
        publishInfo()
        await household.reportAll()
        publisher.discovery.connected()
        await health.report()
        client.subscribe(to: keptFilters)
        sweepsUntil = .now + Self.sweepS
    }

    private func endSweep() {
        guard let end = sweepsUntil, end <= .now else { return }
        sweepsUntil = nil
        client.unsubscribe(from: keptFilters)
    }

    private func publishInfo() {
        publisher.keep(
            BridgeInfo(
                version: settings.version, schemaVersion: household.schemaVersion, dialects: router.dialects,
                config: settings.redactedConfiguration, restartRequired: settings.needsRestart),
            on: publisher.topics.info)
    }

    private func setTimer() async {
        let routerDeadline = router.nextDeadline.map { Date(timeIntervalSinceNow: $0 - Self.uptimeS) }
        let householdDeadline = await household.secondsToDeadline.map { Date(timeIntervalSinceNow: $0) }
        let deadlines = [routerDeadline, householdDeadline, sweepsUntil]
        timer.set(deadlines.compactMap { $0 }.min())
    }

    private func tickWhenDue() async {
        for await _ in timer.ticks {
            endSweep()
            await tell(router.advance(to: Moment(date: .now, uptimeS: Self.uptimeS)))
            await household.advance()
            await setTimer()
        }
    }

    private func reportHealth() async {
        await health.run(storeChanges: publisher.storeChanges)
    }
}

/// Whether the bridge is there; the last will says it is not.
public struct BridgeState: Encodable, Sendable {
    /// `online` or `offline`.
    public var state: String

    /// Creates a state.
    public init(state: String) { self.state = state }

    /// What the broker says for us when we are gone without a word.
    ///
    /// - Parameter baseTopic: First level or levels of every topic.
    /// - Returns: The last will.
    /// - Throws: ``MQTTError`` when the base makes no topic.
    public static func will(baseTopic: String) throws -> MQTTPublication {
        let payload = [UInt8](try WireJSON.encode(BridgeState(state: "offline")))
        return MQTTPublication(
            topic: try TopicName(BridgeTopics(base: baseTopic).state), payload: payload, retain: true)
    }
}

/// Who the bridge is.
struct BridgeInfo: Encodable {
    var version: String
    var schemaVersion: Int
    var dialects: [String]
    var config: JSONValue
    var restartRequired: [String]
}

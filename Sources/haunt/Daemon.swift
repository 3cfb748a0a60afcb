import Foundation
import HTTPAPI
import Household
import Listening
import Logging
import MQTTBridge
import MQTTClient
import ServiceLifecycle
import Storage
import UnixSignals

/// The one place where all parts meet: from a configuration to a running daemon.
struct Daemon {
    /// Longest time a graceful stop may take, in seconds.
    private static let stopS = 2
    /// How long a starting daemon waits for another process to let go of the store, in seconds.
    private static let lockPatienceS = 5.0

    let configuration: HauntConfiguration
    let options: StoreOptions

    /// Runs until a signal ends it.
    func run() async throws {
        LoggingSystem.bootstrap { [configuration] in LineLogHandler(label: $0, configuration: configuration.log) }
        let logger = Logger(label: "haunt")
        let notifier = SystemdNotifier(environment: ProcessInfo.processInfo.environment)
        guard let lock = try StoreLock.acquire(forStoreAt: configuration.store.path, timeoutS: Self.lockPatienceS)
        else {
            throw Failure(code: .temporary, message: "Another haunt is using \(configuration.store.path)")
        }
        defer { withExtendedLifetime(lock) {} }
        let store = try HouseholdDatabase(path: configuration.store.path)
        let client = try MQTTClient(configuration: configuration.client(), logger: logger)
        let publisher = BridgePublisher(
            client: client, baseTopic: configuration.mqtt.baseTopic, discovery: configuration.discovery, logger: logger)
        let household = try Household(
            store: store, settings: configuration.household, observer: publisher,
            uptimeS: { ProcessInfo.processInfo.systemUptime })
        let bridge = try BridgeService(
            household: household, client: client, publisher: publisher, settings: configuration.bridge(), logger: logger
        )
        let http = try HTTPService(
            household: household, settings: configuration.httpDoor(), status: { await Self.status(client, bridge) },
            logger: logger)
        logger.notice(
            "Haunt \(Version.text) starts",
            metadata: ["store": "\(configuration.store.path)", "broker": "\(configuration.mqtt.url)"])
        try await seedDemoCatalog(household, logger)
        let reload = ReloadService(
            configuration: configuration, options: options, household: household, bridge: bridge, notifier: notifier,
            logger: logger)
        let group = services(
            [
                client, bridge,
                ControlServer(household: household, storePath: configuration.store.path, logger: logger),
                WarmUpService(household: household, logger: logger), reload,
                SystemdService(notifier: notifier, household: household, logger: logger), http,
            ], logger)
        try await group.run()
        try store.close()
        logger.notice("Haunt stopped")
    }

    private func services(_ services: [any Service], _ logger: Logger) -> ServiceGroup {
        var configuration = ServiceGroupConfiguration(
            services: services.map { .init(service: $0) }, gracefulShutdownSignals: [.sigterm, .sigint], logger: logger)
        configuration.maximumGracefulShutdownDuration = .seconds(Self.stopS)
        return ServiceGroup(configuration: configuration)
    }

    /// How the broker's side of the daemon is, for the HTTP front door.
    private static func status(_ client: MQTTClient, _ bridge: BridgeService) async -> DaemonStatus {
        let counters = client.counters
        return DaemonStatus(
            brokerProblem: client.isConnected ? nil : client.lastError?.message ?? "not connected yet",
            inboundDepth: counters.inboundDepth, outboundDepth: counters.outboundDepth, messages: await bridge.received)
    }

    /// Gives a new house something to play until its own catalog is imported.
    private func seedDemoCatalog(_ household: Household, _ logger: Logger) async throws {
        guard configuration.store.demoCatalog, try await household.isCatalogEmpty else { return }
        let added = try await household.importCatalog(CatalogImport(rows: DemoCatalog.rows(), isDemo: true)).added
        logger.notice("Put \(added) well-known tracks into the empty catalog; your own catalog will replace them")
    }
}

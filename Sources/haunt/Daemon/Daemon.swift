import CMalloc
import Exchange
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
import Wire

/// The composition root: builds all parts from the configuration and runs them.
struct Daemon {
    /// Longest graceful stop, in seconds.
    private static let stopS = 2
    /// Time to wait for another process to release the store at start, in seconds.
    private static let lockTimeoutS = 5.0
    /// Heaps that threads allocate from.
    private static let arenas: CInt = 2

    let configuration: HauntConfiguration
    let options: StoreOptions

    /// Runs until SIGTERM or SIGINT.
    ///
    /// - Throws: ``Failure`` with code 75 when another process uses the store.
    func run() async throws {
        // Every further arena keeps its own freed memory, and threads of a daemon that mostly waits need no more.
        mallopt(M_ARENA_MAX, Self.arenas)
        LoggingSystem.bootstrap { [configuration] in LineLogHandler(label: $0, configuration: configuration.log) }
        let logger = Logger(label: "haunt")
        try StoreFolder.make(forStoreAt: configuration.store.path)
        guard let lock = try StoreLock.acquire(forStoreAt: configuration.store.path, timeoutS: Self.lockTimeoutS)
        else {
            throw Failure(code: .temporary, message: "Another haunt is using \(configuration.store.path)")
        }
        defer { withExtendedLifetime(lock) {} }
        let store = try HouseholdDatabase(path: configuration.store.path)
        try await services(on: store, logger).run()
        try store.close()
        logger.notice("Haunt stopped")
    }

    /// Builds every part. The services start in this order and stop in the reverse one.
    private func services(on store: HouseholdDatabase, _ logger: Logger) async throws -> ServiceGroup {
        let client = try MQTTClient(configuration: configuration.client(), logger: logger)
        let publisher = BridgePublisher(
            client: client, baseTopic: configuration.mqtt.baseTopic, discovery: configuration.discovery, logger: logger)
        let feed = EventFeed()
        let household = try Household(
            store: store, settings: configuration.household, observer: HouseholdObservers(publisher, feed),
            connectSound: { try LibraryConnection.sound(of: $0) })
        let bridge = try BridgeService(
            household: household, client: client, publisher: publisher, settings: configuration.bridge(), logger: logger
        )
        let (listening, listener) = AsyncStream<Int>.makeStream()
        let imports = ImportJobs(
            importer: HouseholdImporter(household: household), folder: configuration.storeFolder, feed: feed,
            logger: logger)
        let servers = try HTTPService.servers(
            household: household, feed: feed, imports: imports, settings: configuration.httpServers(), logger: logger,
            listening: { listener.yield($0) })
        logger.notice(
            "Haunt \(Version.text) starts",
            metadata: ["store": "\(configuration.store.path)", "broker": "\(configuration.mqtt.url)"])
        for name in await household.decisions.removedProfiles { logger.warning("\(RemovedProfileWarning.text(name))") }
        try await seedDemoCatalog(household, logger)
        let notifier = SystemdNotifier(environment: ProcessInfo.processInfo.environment)
        let reload = ReloadService(
            configuration: configuration, options: options, household: household, bridge: bridge, notifier: notifier,
            logger: logger)
        return group(
            of: [
                client, bridge,
                ControlServer(household: household, storePath: configuration.store.path, logger: logger),
                WarmUpService(household: household, logger: logger), reload, imports,
                LibraryService(
                    keeper: LibraryKeeper(household: household, connect: { try LibraryConnection.connector(of: $0) })),
                SystemdService(
                    notifier: notifier, listening: listening, servers: servers.count, household: household,
                    logger: logger),
            ] + servers, logger)
    }

    private func group(of services: [any Service], _ logger: Logger) -> ServiceGroup {
        // At debug it logs each service with everything that is in it.
        var quiet = logger
        quiet.logLevel = max(logger.logLevel, .info)
        var configuration = ServiceGroupConfiguration(
            services: services.map { .init(service: $0) }, gracefulShutdownSignals: [.sigterm, .sigint], logger: quiet)
        configuration.maximumGracefulShutdownDuration = .seconds(Self.stopS)
        return ServiceGroup(configuration: configuration)
    }

    /// Fills an empty catalog. The first import of the user's own catalog replaces these tracks.
    private func seedDemoCatalog(_ household: Household, _ logger: Logger) async throws {
        guard configuration.store.demoCatalog, configuration.libraries.isEmpty, household.catalogSize == 0 else {
            return
        }
        let added = try await household.perform(ImportCatalog(rows: DemoCatalog.rows(), isDemo: true)).added
        logger.notice("Put \(added) well-known tracks into the empty catalog; your own catalog will replace them")
    }
}

/// The catalog of well-known tracks for a new store.
enum DemoCatalog {
    private static let file = ResourceFile("demo-catalog.csv", of: "haunt")

    /// Reads the tracks.
    ///
    /// - Parameter folders: Where resources may be installed. The first folder that has the file is used.
    /// - Returns: The tracks of the file.
    /// - Throws: ``Failure`` with code 66 when no folder has the file.
    static func rows(in folders: [URL] = ResourceFile.folders) throws -> [TrackDetails] {
        guard let data = file.data(in: folders) else {
            throw Failure(code: .noInput, message: "The demo catalog is missing beside the program: \(file)")
        }
        var rows: [TrackDetails] = []
        let append = { (item: CatalogFileParser.Item) in
            if case .row(let row, _) = item { rows.append(row) }
        }
        var parser = CatalogFileParser()
        parser.parse(data, append)
        parser.finish(append)
        return rows
    }
}

import Household
import Logging
import MQTTBridge
import ServiceLifecycle
import Synchronization
import UnixSignals

/// Reads the configuration again on SIGHUP. It applies what can change at run time and logs what needs a restart.
struct ReloadService: Service {
    let configuration: HauntConfiguration
    let options: StoreOptions
    let household: Household
    let bridge: BridgeService
    let notifier: SystemdNotifier
    let logger: Logger

    func run() async throws {
        var running = configuration
        let signals = await UnixSignalsSequence(trapping: .sighup)
        for await _ in signals.cancelOnGracefulShutdown() {
            notifier.reloading()
            do {
                running = try await reload(running)
            } catch {
                logger.error("The configuration stays as it was: \((error as? Failure)?.message ?? "\(error)")")
            }
            notifier.ready()
        }
    }

    private func reload(_ running: HauntConfiguration) async throws -> HauntConfiguration {
        let change = ConfigurationChange(from: running, to: try options.daemonConfiguration())
        try await household.reload(change.configuration.household)
        try await bridge.reload(change.configuration.bridge(needsRestart: change.needsRestart))
        LineLogHandler.level.withLock { $0 = change.configuration.log.level }
        logger.notice(
            "Read the configuration anew: \(change.applied.isEmpty ? "nothing changed" : change.applied.joined(separator: ", "))"
        )
        for name in await household.decisions.removedProfiles { logger.warning("\(RemovedProfileWarning.text(name))") }
        if !change.needsRestart.isEmpty {
            logger.warning("Needs a restart: \(change.needsRestart.joined(separator: ", "))")
        }
        return change.configuration
    }
}

/// Reports readiness, liveness and shutdown to systemd.
struct SystemdService: Service {
    let notifier: SystemdNotifier
    /// The port of each HTTP server that accepts connections.
    let listening: AsyncStream<Int>
    /// Number of HTTP servers. The daemon is ready when each accepts connections.
    let servers: Int
    let household: Household
    let logger: Logger

    func run() async throws {
        for await _ in listening.prefix(servers).cancelOnGracefulShutdown() {}
        notifier.ready()
        await withGracefulShutdownHandler {
            await feedWatchdog()
        } onGracefulShutdown: {
            notifier.stopping()
        }
    }

    /// Resets the watchdog twice per interval, each time after the household actor has answered. A household that hangs
    /// therefore ends in a restart by systemd.
    private func feedWatchdog() async {
        guard let interval = notifier.watchdogInterval else {
            try? await gracefulShutdown()
            return
        }
        await cancelWhenGracefulShutdown {
            while (try? await Task.sleep(for: interval / 2)) != nil {
                _ = await household.counted
                notifier.watchdog()
            }
        }
    }
}

/// Keeps the catalog up to date with the libraries.
struct LibraryService: Service {
    let keeper: LibraryKeeper

    func run() async throws {
        await cancelWhenGracefulShutdown { await keeper.run() }
        // A service that returns would end the whole group.
        try? await gracefulShutdown()
    }
}

/// Loads the caches that the first request needs, while the daemon already serves.
struct WarmUpService: Service {
    let household: Household
    let logger: Logger

    func run() async throws {
        do {
            try await household.warmUp()
        } catch {
            logger.error("The store cannot be read: \(error)")
        }
        ProgramCode.release()
        // A service that returns would end the whole group.
        try? await gracefulShutdown()
    }
}

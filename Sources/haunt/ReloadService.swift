import Household
import Logging
import MQTTBridge
import ServiceLifecycle
import Synchronization
import UnixSignals

/// Reads the configuration anew on SIGHUP: applies what can be, and says what needs a restart.
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
        let change = ConfigurationChange(from: running, to: try options.configuration())
        try await household.reload(change.configuration.household)
        try await bridge.reload(change.configuration.bridge(needsRestart: change.needsRestart))
        LineLogHandler.level.withLock { $0 = change.configuration.log.level }
        logger.notice(
            "Read the configuration anew: \(change.applied.isEmpty ? "nothing changed" : change.applied.joined(separator: ", "))"
        )
        if !change.needsRestart.isEmpty {
            logger.warning("Needs a restart: \(change.needsRestart.joined(separator: ", "))")
        }
        return change.configuration
    }
}

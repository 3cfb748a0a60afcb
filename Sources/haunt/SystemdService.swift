import Household
import Logging
import ServiceLifecycle

/// Tells systemd that the daemon is there, is alive, and stops.
struct SystemdService: Service {
    let notifier: SystemdNotifier
    let household: Household
    let logger: Logger

    func run() async throws {
        notifier.ready()
        await withGracefulShutdownHandler {
            await feedWatchdog()
        } onGracefulShutdown: {
            notifier.stopping()
        }
    }

    /// Feeds the watchdog twice as often as it wants, and only while the house answers.
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

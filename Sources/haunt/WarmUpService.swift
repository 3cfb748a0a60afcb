import Household
import Logging
import ServiceLifecycle

/// Reads what the first request would have to wait for, while the daemon is already there.
struct WarmUpService: Service {
    let household: Household
    let logger: Logger

    func run() async throws {
        do {
            try await household.warmUp()
        } catch {
            logger.error("The store cannot be read: \(error)")
        }
        try? await gracefulShutdown()
    }
}

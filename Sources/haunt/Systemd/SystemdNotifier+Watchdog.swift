/// The watchdog: `sd_watchdog_enabled(3)`.
extension SystemdNotifier {
    /// How long the service may be silent before systemd takes it for dead.
    ///
    /// - Parameters:
    ///   - environment: Environment of the process, with `WATCHDOG_USEC` and `WATCHDOG_PID`.
    ///   - processID: Our own id; the watchdog may be another process's.
    /// - Returns: The time; nil when nobody watches us. Half of it is a good pace for ``alive()``.
    static func watchdogTimeout(environment: [String: String], processID: Int32) -> Duration? {
        guard let microseconds = environment["WATCHDOG_USEC"].flatMap(Int64.init), microseconds > 0 else { return nil }
        if let watched = environment["WATCHDOG_PID"], Int32(watched) != processID { return nil }
        return .microseconds(microseconds)
    }
}

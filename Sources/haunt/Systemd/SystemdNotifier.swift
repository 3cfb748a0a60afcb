import Glibc

/// Tells systemd how the service is doing, as `sd_notify(3)` says, without libsystemd.
///
/// Without systemd there is no socket in the environment, and nothing is told to anybody.
struct SystemdNotifier: Sendable {
    /// How long the service may be silent before systemd takes it for dead; nil when nobody watches us.
    ///
    /// Half of it is a good pace for ``watchdog()``: `sd_watchdog_enabled(3)`.
    let watchdogInterval: Duration?
    private let address: UnixDatagramAddress?

    /// Finds systemd.
    ///
    /// - Parameters:
    ///   - environment: Environment of the process; `NOTIFY_SOCKET` is the socket's path, or `@` and a name.
    ///   - processID: Our own id; the watchdog in the environment may be another process's.
    init(environment: [String: String], processID: Int32 = getpid()) {
        address = environment["NOTIFY_SOCKET"].flatMap(UnixDatagramAddress.init)
        let isOurs = environment["WATCHDOG_PID"].map { Int32($0) == processID } ?? true
        let microseconds = environment["WATCHDOG_USEC"].flatMap(Int64.init) ?? 0
        watchdogInterval = isOurs && microseconds > 0 ? .microseconds(microseconds) : nil
    }

    /// Whether systemd wants to be told.
    var isActive: Bool { address != nil }

    /// The service is up, or up again after ``reloading()``.
    @discardableResult
    func ready(status: String? = nil) -> Bool { tell(["READY=1", status.map(Self.line)]) }

    /// What the service is about, in a line for `systemctl status`.
    @discardableResult
    func status(_ status: String) -> Bool { tell([Self.line(status)]) }

    /// The configuration is being read again; ``ready(status:)`` must follow.
    @discardableResult
    func reloading() -> Bool { tell(["RELOADING=1", "MONOTONIC_USEC=\(Self.monotonicMicroseconds())"]) }

    /// The service is on its way down.
    @discardableResult
    func stopping(status: String? = nil) -> Bool { tell(["STOPPING=1", status.map(Self.line)]) }

    /// The service is alive; to be said within every ``watchdogInterval``.
    @discardableResult
    func watchdog() -> Bool { tell(["WATCHDOG=1"]) }

    /// A message is lines of assignments, so a status has no line of its own to break.
    private static func line(_ status: String) -> String {
        "STATUS=" + status.split(whereSeparator: \.isNewline).joined(separator: " ")
    }

    /// Sends one message.
    ///
    /// - Returns: Whether systemd has it. If not there is nobody to tell, and systemd will notice by itself.
    private func tell(_ assignments: [String?]) -> Bool {
        address?.send(Array(assignments.compactMap(\.self).joined(separator: "\n").utf8)) ?? false
    }

    private static func monotonicMicroseconds() -> Int {
        var time = timespec()
        unsafe clock_gettime(CLOCK_MONOTONIC, &time)
        return time.tv_sec * 1_000_000 + time.tv_nsec / 1000
    }
}

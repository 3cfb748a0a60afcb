import Glibc

/// The protocol of `sd_notify(3)`, without libsystemd.
///
/// Without `NOTIFY_SOCKET` in the environment every method does nothing and returns false.
struct SystemdNotifier: Sendable {
    /// The time without ``watchdog()`` after which systemd restarts the service. nil without a watchdog.
    ///
    /// `sd_watchdog_enabled(3)` recommends to call ``watchdog()`` after half of it.
    let watchdogInterval: Duration?
    private let address: UnixDatagramAddress?

    /// Reads `NOTIFY_SOCKET`, `WATCHDOG_USEC` and `WATCHDOG_PID`.
    ///
    /// - Parameters:
    ///   - environment: The environment of the process.
    ///   - processID: The id of the process. A watchdog for another id is ignored.
    init(environment: [String: String], processID: Int32 = getpid()) {
        address = environment["NOTIFY_SOCKET"].flatMap(UnixDatagramAddress.init)
        let isOurs = environment["WATCHDOG_PID"].map { Int32($0) == processID } ?? true
        let microseconds = environment["WATCHDOG_USEC"].flatMap(Int64.init) ?? 0
        watchdogInterval = isOurs && microseconds > 0 ? .microseconds(microseconds) : nil
    }

    /// Reports that start or reload has finished.
    @discardableResult
    func ready() -> Bool { send(["READY=1"]) }

    /// Reports that a reload has begun. ``ready()`` must follow.
    @discardableResult
    func reloading() -> Bool { send(["RELOADING=1", "MONOTONIC_USEC=\(Self.monotonicMicroseconds())"]) }

    /// Reports that the service is stopping.
    @discardableResult
    func stopping() -> Bool { send(["STOPPING=1"]) }

    /// Resets the watchdog.
    @discardableResult
    func watchdog() -> Bool { send(["WATCHDOG=1"]) }

    /// Sends one message.
    ///
    /// - Returns: Whether it was sent. A failure needs no handling: systemd notices a silent service by its timeouts.
    private func send(_ assignments: [String]) -> Bool {
        address?.send(Array(assignments.joined(separator: "\n").utf8)) ?? false
    }

    private static func monotonicMicroseconds() -> Int {
        var time = timespec()
        unsafe clock_gettime(CLOCK_MONOTONIC, &time)
        return time.tv_sec * 1_000_000 + time.tv_nsec / 1000
    }
}

/// The address of a Unix datagram socket: a path, or a name in the abstract namespace.
struct UnixDatagramAddress: Sendable {
    private let bytes: [UInt8]

    /// Parses an address of `NOTIFY_SOCKET`.
    ///
    /// - Parameter name: An absolute path, or `@` and an abstract name. nil is returned for other and for too long names.
    init?(_ name: String) {
        guard name.hasPrefix("/") || name.hasPrefix("@"), name.utf8.count > 1 else { return nil }
        // An abstract name begins with NUL and is not terminated (unix(7)).
        bytes = name.hasPrefix("@") ? [0] + name.utf8.dropFirst() : Array(name.utf8) + [0]
        guard bytes.count <= MemoryLayout.size(ofValue: sockaddr_un().sun_path) else { return nil }
    }

    /// Sends one datagram.
    ///
    /// - Returns: Whether all of it was sent.
    func send(_ message: [UInt8]) -> Bool {
        let descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        return unsafe withPointer { address, length in
            unsafe sendto(descriptor, message, message.count, Int32(MSG_NOSIGNAL), address, length) == message.count
        }
    }

    /// Calls `body` with the address as a `sockaddr`.
    func withPointer<Result>(_ body: (UnsafePointer<sockaddr>, socklen_t) -> Result) -> Result {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        unsafe withUnsafeMutableBytes(of: &address.sun_path) { unsafe $0.copyBytes(from: bytes) }
        let length = socklen_t(MemoryLayout<sa_family_t>.size + bytes.count)
        return unsafe withUnsafePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { unsafe body($0, length) }
        }
    }
}

import CMosquitto
import Foundation

/// Interrupts the loop thread's `poll` from any thread: an `eventfd` that is polled together with the socket.
final class WakeUp: Sendable {
    private let descriptor: Int32

    init() {
        descriptor = eventfd(0, Int32(EFD_CLOEXEC | EFD_NONBLOCK))
        precondition(descriptor >= 0, "eventfd failed: \(String(describingErrno: errno)).")
    }

    deinit {
        close(descriptor)
    }

    /// Ends the current `wait`, or the next one if none is under way.
    func signal() {
        eventfd_write(descriptor, 1)
    }

    /// Blocks until a signal, readiness of the socket, or the timeout.
    ///
    /// - Parameters:
    ///   - socket: A descriptor to poll as well. A negative one is ignored.
    ///   - writing: Whether to wait for writability too.
    ///   - milliseconds: The timeout.
    /// - Returns: What the socket is ready for. An error on it counts as both, so that the next read or write reports it.
    func wait(socket: Int32, writing: Bool, milliseconds: Int32) -> (canRead: Bool, canWrite: Bool) {
        let interest = Int16(writing ? POLLIN | POLLOUT : POLLIN)
        var watched = [
            pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0),
            pollfd(fd: socket, events: interest, revents: 0),
        ]
        guard unsafe poll(&watched, nfds_t(watched.count), milliseconds) > 0 else { return (false, false) }
        if watched[0].revents != 0 { clearSignals() }
        let ready = watched[1].revents
        return (ready & ~Int16(POLLOUT) != 0, ready & ~Int16(POLLIN) != 0)
    }

    private func clearSignals() {
        var count: eventfd_t = 0
        unsafe eventfd_read(descriptor, &count)
    }
}

extension ContinuousClock.Instant {
    /// Milliseconds from now until this instant, rounded up, as `poll` takes them. 0 when it has passed.
    var millisecondsFromNow: Int32 {
        let (seconds, attoseconds) = (self - .now).components
        return Int32(clamping: max(0, seconds * 1_000 + attoseconds / 1_000_000_000_000_000) + 1)
    }
}

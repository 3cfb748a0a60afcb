import CMosquitto
import Foundation

/// Ends the loop thread's sleep from any other thread: an event counter that `poll` watches beside the socket.
final class WakeUp: Sendable {
    private let descriptor: Int32

    init() {
        descriptor = eventfd(0, Int32(EFD_CLOEXEC | EFD_NONBLOCK))
        precondition(descriptor >= 0, "No event counter: \(String(describingErrno: errno)).")
    }

    deinit {
        close(descriptor)
    }

    /// Wakes the loop, now or when it next wants to sleep.
    func signal() {
        eventfd_write(descriptor, 1)
    }

    /// Sleeps until a signal, readiness of the socket, or the end of the time.
    ///
    /// - Parameters:
    ///   - socket: A descriptor to watch beside; negative for none.
    ///   - writing: Whether room to write counts as readiness.
    ///   - milliseconds: The longest sleep.
    /// - Returns: What the socket is ready for; an error on it counts as both, so that it is met.
    func wait(socket: Int32, writing: Bool, milliseconds: Int32) -> (canRead: Bool, canWrite: Bool) {
        let interest = Int16(writing ? POLLIN | POLLOUT : POLLIN)
        var watched = [
            pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0),
            pollfd(fd: socket, events: interest, revents: 0),
        ]
        guard unsafe poll(&watched, nfds_t(watched.count), milliseconds) > 0 else { return (false, false) }
        if watched[0].revents != 0 { forgetSignals() }
        let ready = watched[1].revents
        return (ready & ~Int16(POLLOUT) != 0, ready & ~Int16(POLLIN) != 0)
    }

    private func forgetSignals() {
        var count: eventfd_t = 0
        unsafe eventfd_read(descriptor, &count)
    }
}

import Foundation
import Glibc
import HauntTestSupport
import Testing

@testable import haunt

struct SystemdNotifierTests {
    @Test("Every notification reaches systemd's socket, by path and by abstract name", arguments: [true, false])
    func speaks(isAbstract: Bool) throws {
        let directory = try TemporaryDirectory()
        let name = isAbstract ? "@haunt-\(UUID().uuidString)" : directory.path("notify")
        let receiver = try #require(NotifySocket(name))
        let notifier = SystemdNotifier(environment: ["NOTIFY_SOCKET": name])

        #expect(notifier.ready())
        #expect(receiver.receive() == "READY=1")
        #expect(notifier.watchdog())
        #expect(receiver.receive() == "WATCHDOG=1")
        #expect(notifier.stopping())
        #expect(receiver.receive() == "STOPPING=1")
    }

    @Test("A reload reports its start on systemd's monotonic clock")
    func stampsReload() throws {
        let directory = try TemporaryDirectory()
        let receiver = try #require(NotifySocket(directory.path("notify")))
        let notifier = SystemdNotifier(environment: ["NOTIFY_SOCKET": directory.path("notify")])
        notifier.reloading()
        notifier.reloading()
        let stamps = [receiver.receive(), receiver.receive()].map { message in
            message.split(separator: "\n").last.flatMap { Int($0.dropFirst("MONOTONIC_USEC=".count)) } ?? 0
        }
        #expect(stamps[0] > 0 && stamps[0] <= stamps[1])
    }

    @Test(
        "Without systemd or its socket, notifications are dropped",
        arguments: [
            [:], ["NOTIFY_SOCKET": ""], ["NOTIFY_SOCKET": "@"], ["NOTIFY_SOCKET": "relative"],
            ["NOTIFY_SOCKET": "/" + String(repeating: "x", count: 107)], ["NOTIFY_SOCKET": "/nowhere/notify"],
        ])
    func isSilent(environment: [String: String]) {
        #expect(!SystemdNotifier(environment: environment).ready())
    }

    @Test(
        "The watchdog applies unless it names another process",
        arguments: [
            (["WATCHDOG_USEC": "60000000"], Duration.seconds(60)),
            (["WATCHDOG_USEC": "60000000", "WATCHDOG_PID": "42"], .seconds(60)),
            (["WATCHDOG_USEC": "60000000", "WATCHDOG_PID": "43"], nil),
            (["WATCHDOG_USEC": "60000000", "WATCHDOG_PID": "me"], nil),
            (["WATCHDOG_USEC": "0"], nil), (["WATCHDOG_USEC": "soon"], nil), ([:], nil),
        ])
    func readsWatchdog(environment: [String: String], timeout: Duration?) {
        #expect(SystemdNotifier(environment: environment, processID: 42).watchdogInterval == timeout)
    }
}

/// systemd's end of the notification socket.
private final class NotifySocket {
    private let descriptor: Int32

    init?(_ name: String) {
        descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        guard let address = UnixDatagramAddress(name) else { return nil }
        let isBound = unsafe address.withPointer { [descriptor] in unsafe bind(descriptor, $0, $1) == 0 }
        guard isBound else { return nil }
    }

    deinit { close(descriptor) }

    /// Waits for the next message.
    func receive() -> String {
        var buffer = [UInt8](repeating: 0, count: 4096)
        let count = unsafe recv(descriptor, &buffer, buffer.count, 0)
        return String(decoding: buffer.prefix(max(count, 0)), as: UTF8.self)
    }
}

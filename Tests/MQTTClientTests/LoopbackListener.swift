import Foundation
import HauntTestSupport
import MQTTClient
import Synchronization

/// TCP sockets on the loopback address, for what no real broker does.
enum LoopbackListener {
    /// Listens. Connections beyond the backlog get no answer.
    static func open(port: UInt16, backlog: Int32 = 8) throws -> Int32 {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        let result = unsafe withLoopbackAddress(port: port) { unsafe bind(descriptor, $0, $1) }
        guard result == 0, listen(descriptor, backlog) == 0 else { throw POSIXError(.EADDRINUSE) }
        return descriptor
    }

    static func connection(to port: UInt16) throws -> Int32 {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard unsafe withLoopbackAddress(port: port, { unsafe connect(descriptor, $0, $1) }) == 0 else {
            throw POSIXError(.ECONNREFUSED)
        }
        return descriptor
    }

    static func close(_ descriptor: Int32) {
        _ = Foundation.close(descriptor)
    }

    /// Blocks until bytes arrive. Returns none at the end of the stream.
    static func read(from descriptor: Int32) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: 65_536)
        let count = unsafe recv(descriptor, &bytes, bytes.count, 0)
        return Array(bytes.prefix(max(0, count)))
    }

    static func write(_ bytes: [UInt8], to descriptor: Int32) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = unsafe rest.withUnsafeBytes {
                unsafe send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { return }
            rest = rest.dropFirst(count)
        }
    }
}

/// Forwards one connection to a broker until `cut()` closes it without DISCONNECT, as a pulled cable does.
final class LoopbackRelay: Sendable {
    let url: MQTTURL
    private let listener: Int32
    private let connections = Mutex<[Int32]>([])

    init(to broker: UInt16) throws {
        let port = freeLoopbackPort()
        url = try MQTTURL(host: "127.0.0.1", port: port)
        listener = try LoopbackListener.open(port: port)
        Thread.detachNewThread { [weak self, listener] in
            let client = accept(listener, nil, nil)
            guard client >= 0, let server = try? LoopbackListener.connection(to: broker) else { return }
            self?.connections.withLock { $0 = [client, server] }
            Thread.detachNewThread { Self.pass(from: client, to: server) }
            Self.pass(from: server, to: client)
        }
    }

    deinit {
        cut()
    }

    /// Closes the connection and the listener.
    func cut() {
        _ = shutdown(listener, Int32(SHUT_RDWR))
        connections.withLock { descriptors in
            for descriptor in descriptors { _ = shutdown(descriptor, Int32(SHUT_RDWR)) }
        }
    }

    private static func pass(from source: Int32, to target: Int32) {
        while true {
            let bytes = LoopbackListener.read(from: source)
            guard !bytes.isEmpty else { return }
            LoopbackListener.write(bytes, to: target)
        }
    }
}

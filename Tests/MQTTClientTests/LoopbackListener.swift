import Foundation
import HauntTestSupport
import MQTTClient

/// A bare TCP listener on the loopback address, for what no real broker would do.
enum LoopbackListener {
    /// Listens; connections beyond the backlog are kept waiting.
    static func open(port: UInt16, backlog: Int32 = 8) throws -> Int32 {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        let result = unsafe withAddress(port: port) { unsafe bind(descriptor, $0, $1) }
        guard result == 0, listen(descriptor, backlog) == 0 else { throw POSIXError(.EADDRINUSE) }
        return descriptor
    }

    /// Connects.
    static func connection(to port: UInt16) throws -> Int32 {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard unsafe withAddress(port: port, { unsafe connect(descriptor, $0, $1) }) == 0 else {
            throw POSIXError(.ECONNREFUSED)
        }
        return descriptor
    }

    /// Closes.
    static func close(_ descriptor: Int32) {
        _ = Foundation.close(descriptor)
    }

    /// Reads what there is, waiting for it; nothing at the end.
    static func read(from descriptor: Int32) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: 65_536)
        let count = unsafe recv(descriptor, &bytes, bytes.count, 0)
        return Array(bytes.prefix(max(0, count)))
    }

    /// Writes all.
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

    private static func withAddress(
        port: UInt16, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32
    ) -> Int32 {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = INADDR_LOOPBACK.bigEndian
        return unsafe withUnsafePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                unsafe body($0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
    }
}

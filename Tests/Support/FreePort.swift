public import Foundation
import Synchronization

/// Ports below the range of outgoing connections, so that none of them takes the port of a server that restarts.
private let candidates: Range<UInt16> = 20_000..<32_000
private let givenOut = Mutex<Set<UInt16>>([])

/// Returns a free TCP port of the loopback address that this process has not used before.
public func freeLoopbackPort() -> UInt16 {
    givenOut.withLock { givenOut in
        precondition(givenOut.count < candidates.count / 2, "Tests use far too many ports.")
        while true {
            let port = UInt16.random(in: candidates)
            if !givenOut.contains(port), isFree(port) {
                givenOut.insert(port)
                return port
            }
        }
    }
}

private func isFree(_ port: UInt16) -> Bool {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(descriptor) }
    return unsafe withLoopbackAddress(port: port) { unsafe bind(descriptor, $0, $1) } == 0
}

/// Calls a body with the socket address of a port on the loopback address, and returns its result.
public func withLoopbackAddress(port: UInt16, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32) -> Int32 {
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

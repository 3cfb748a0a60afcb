import Glibc

/// The address of a datagram socket on this machine: a path, or a name that is in no file system.
///
/// All that is unsafe about talking to systemd is in this type.
struct UnixDatagramAddress: Sendable {
    private let bytes: [UInt8]

    /// Takes an address as systemd writes it.
    ///
    /// - Parameter name: A path from the root, or `@` and a name; nil comes back for anything else, or if it is too long.
    init?(_ name: String) {
        guard name.hasPrefix("/") || name.hasPrefix("@"), name.utf8.count > 1 else { return nil }
        // The kernel tells abstract names by a first byte of zero, and takes every byte that follows as meant.
        bytes = name.hasPrefix("@") ? [0] + name.utf8.dropFirst() : Array(name.utf8) + [0]
        guard bytes.count <= MemoryLayout.size(ofValue: sockaddr_un().sun_path) else { return nil }
    }

    /// Sends one datagram.
    ///
    /// - Parameter message: What to send.
    /// - Returns: Whether all of it went out.
    func send(_ message: [UInt8]) -> Bool {
        let descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        return unsafe withPointer { address, length in
            unsafe sendto(descriptor, message, message.count, Int32(MSG_NOSIGNAL), address, length) == message.count
        }
    }

    /// The address in the form C takes, for the time of the body.
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

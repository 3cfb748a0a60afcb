import Household
import NIOCore
import Wire

extension HauntConfiguration {
    /// `http`
    struct HTTP: Equatable, Encodable, Sendable {
        var listen = HTTPListener.address(ListenAddress(host: "127.0.0.1", port: ListenAddress.defaultPort))
        /// A file whose first line is the bearer token. When it is set, loopback clients need the token too.
        @ExplicitNull var tokenFile: String?
        /// A second server, for Home Assistant's ingress.
        var ingress: Ingress?
    }
}

extension HauntConfiguration.HTTP {
    /// `http.ingress`: a server that needs no token, because it answers one address alone, the Supervisor's.
    struct Ingress: Equatable, Encodable, Sendable {
        var listen = ListenAddress(host: "0.0.0.0", port: 8099)
        /// The IP address of the Supervisor.
        var peer = "172.30.32.2"
    }
}

extension HauntConfiguration.HTTP.Ingress: ConfigurationSection {
    mutating func read(from reader: ConfigurationReader) {
        reader.read("listen", into: &listen)
        reader.read("peer", into: &peer)
        let isAddress = (try? SocketAddress(ipAddress: peer, port: 0)) != nil
        if !isAddress { reader.add("must be an IP address, and is \"\(peer.prefix(80))\"", key: "peer") }
    }
}

extension HauntConfiguration.HTTP: ConfigurationSection {
    mutating func read(from reader: ConfigurationReader) {
        reader.read("listen", into: &listen)
        reader.readSecretLine("token_file", into: &tokenFile)
        reader.read("ingress", into: &ingress, defaults: Ingress())
        if case .address(let address) = listen, !address.isLoopback, !reader.isWritten("token_file") {
            reader.add("\(address) can be reached from other machines, so http.token_file must be set", key: "listen")
        }
    }
}

/// Where the HTTP server listens, if there is one.
enum HTTPListener: Equatable, Encodable, Sendable, CustomStringConvertible {
    case none
    case address(ListenAddress)

    var description: String {
        switch self {
        case .none: "none"
        case .address(let address): "\(address)"
        }
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}

extension HTTPListener: ConfigurationValue {
    init(_ scalar: ConfigurationScalar) throws(ConfigurationValueError) {
        self = try String(scalar) == "none" ? .none : .address(ListenAddress(scalar))
    }
}

/// The address of a server socket: `host:port`. An IPv6 address is written in brackets.
struct ListenAddress: Equatable, Encodable, Sendable, CustomStringConvertible {
    static let defaultPort: UInt16 = 8742

    /// Host name or IP address of the interface, without brackets.
    let host: String
    /// TCP port. 0 means any free port.
    let port: UInt16

    /// Whether only this machine can connect.
    var isLoopback: Bool {
        let bytes = host.split(separator: ".", omittingEmptySubsequences: false)
        let isLoopback4 = bytes.count == 4 && bytes[0] == "127" && bytes.allSatisfy { UInt8($0) != nil }
        return host == "localhost" || host == "::1" || isLoopback4
    }

    var description: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }

    /// The addresses under which a browser finds the server: for all interfaces, that of each beyond this machine.
    var reachable: [ListenAddress] {
        guard host == "0.0.0.0" || host == "::" else { return [self] }
        let devices = (try? System.enumerateDevices()) ?? []
        let addresses = devices.compactMap(\.address).filter { $0.protocol == .inet }.compactMap(\.ipAddress)
        return addresses.map { ListenAddress(host: $0, port: port) }.filter { !$0.isLoopback }
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}

extension ListenAddress: ConfigurationValue {
    init(_ scalar: ConfigurationScalar) throws(ConfigurationValueError) {
        let text = try String(scalar)
        guard let colon = text.lastIndex(of: ":"), let port = UInt16(text[colon...].dropFirst()) else {
            throw .expected("host:port, as in 127.0.0.1:8742, or none", scalar)
        }
        let host = text[..<colon]
        let isBracketed = host.hasPrefix("[") && host.hasSuffix("]")
        let bare = isBracketed ? host.dropFirst().dropLast() : host
        guard !bare.isEmpty, bare.contains(":") == isBracketed,
            !bare.contains(where: { $0.isWhitespace || "[]/@".contains($0) })
        else { throw .expected("host:port, as in 127.0.0.1:8742 or [::1]:8742", scalar) }
        self.init(host: String(bare), port: port)
    }
}

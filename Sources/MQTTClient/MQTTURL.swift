/// A broker address: `mqtt://host:port`, or `mqtts://host:port` for TLS.
public struct MQTTURL: Hashable, Sendable, CustomStringConvertible {
    /// Used when the address names no port.
    public static let defaultPort: UInt16 = 1883
    /// Used when the address names no port and TLS is on.
    public static let defaultSecurePort: UInt16 = 8883

    /// Host name or IP address. An IPv6 address has no brackets here.
    public let host: String
    public let port: UInt16
    public let usesTLS: Bool

    /// Creates an address from its parts.
    ///
    /// - Throws: ``MQTTError`` with code `invalidURL` for port 0 and for a host that is empty or has invalid characters.
    public init(host: String, port: UInt16? = nil, usesTLS: Bool = false) throws(MQTTError) {
        guard Self.isHost(host) else {
            throw MQTTError(.invalidURL, "“\(host)” is no host name or address.")
        }
        guard port != 0 else {
            throw MQTTError(.invalidURL, "Port 0 cannot be connected to; MQTT's own is \(Self.defaultPort).")
        }
        self.host = host
        self.port = port ?? (usesTLS ? Self.defaultSecurePort : Self.defaultPort)
        self.usesTLS = usesTLS
    }

    /// Parses an address.
    ///
    /// - Parameter string: `mqtt://host`, `mqtt://host:port` or `mqtts://…`. An IPv6 address is in brackets.
    /// - Throws: ``MQTTError`` with code `invalidURL`.
    public init(_ string: String) throws(MQTTError) {
        let lowercased = string.lowercased()
        let usesTLS = lowercased.hasPrefix("mqtts://")
        guard usesTLS || lowercased.hasPrefix("mqtt://") else {
            throw MQTTError(
                .invalidURL, "“\(string)” is no broker address: write mqtt://host:port or mqtts://host:port.")
        }
        var rest = string.dropFirst(usesTLS ? "mqtts://".count : "mqtt://".count)
        if rest.hasSuffix("/") { rest.removeLast() }
        guard !rest.contains("@") else {
            throw MQTTError(
                .invalidURL, "A broker address holds no user name; set it, and a password file, on their own.")
        }
        let (host, port) = try Self.split(rest, of: string)
        try self.init(host: host, port: port, usesTLS: usesTLS)
    }

    /// The address in the form that `init(_:)` parses, always with its port.
    public var description: String {
        "\(usesTLS ? "mqtts" : "mqtt")://\(host.contains(":") ? "[\(host)]" : host):\(port)"
    }

    private static func split(
        _ authority: Substring, of string: String
    ) throws(MQTTError) -> (host: String, port: UInt16?) {
        var host = authority
        var tail = Substring()
        if authority.hasPrefix("[") {
            guard let bracket = authority.firstIndex(of: "]") else {
                throw MQTTError(.invalidURL, "“\(string)” opens a bracket and never closes it.")
            }
            host = authority[..<bracket].dropFirst()
            tail = authority[bracket...].dropFirst()
            guard host.contains(":") else {
                throw MQTTError(.invalidURL, "“\(string)”: only an IPv6 address stands in brackets.")
            }
        } else if let colon = authority.firstIndex(of: ":") {
            host = authority[..<colon]
            tail = authority[colon...]
        }
        guard !tail.isEmpty else { return (String(host), nil) }
        guard tail.hasPrefix(":"), tail.dropFirst().allSatisfy({ $0.isASCII && $0.isNumber }),
            let port = UInt16(tail.dropFirst())
        else {
            throw MQTTError(.invalidURL, "“\(string)”: after the host only “:” and a port from 1 to 65535 may follow.")
        }
        return (String(host), port)
    }

    private static func isHost(_ host: String) -> Bool {
        let allowed: (UInt8) -> Bool = { byte in
            byte > 0x20 && byte != 0x7F && !"/?#[]@\\".utf8.contains(byte)
        }
        return !host.isEmpty && host.utf8.count <= 255 && host.utf8.allSatisfy(allowed)
    }
}

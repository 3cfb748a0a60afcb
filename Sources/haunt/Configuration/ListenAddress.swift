/// Where a server listens: `host:port`; an IPv6 address stands in brackets.
struct ListenAddress: Equatable, Encodable, Sendable, CustomStringConvertible {
    /// Name or address of the interface; an IPv6 address stands without its brackets.
    let host: String
    /// TCP port; 0 takes any that is free.
    let port: UInt16

    init(host: String, port: UInt16) {
        self.host = host
        self.port = port
    }

    /// Whether only this machine can reach it.
    var isLoopback: Bool {
        let bytes = host.split(separator: ".", omittingEmptySubsequences: false)
        let isLoopback4 = bytes.count == 4 && bytes[0] == "127" && bytes.allSatisfy { UInt8($0) != nil }
        return host == "localhost" || host == "::1" || isLoopback4
    }

    /// The address as it is written.
    var description: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}

extension ListenAddress: ConfigurationValue {
    init(_ scalar: ConfigurationScalar) throws(ConfigurationMistake) {
        let text = try String(scalar)
        guard let colon = text.lastIndex(of: ":"), let port = UInt16(text[colon...].dropFirst()) else {
            throw .notA("host:port, as in 127.0.0.1:8742", scalar)
        }
        let host = text[..<colon]
        let isBracketed = host.hasPrefix("[") && host.hasSuffix("]")
        let bare = isBracketed ? host.dropFirst().dropLast() : host
        guard !bare.isEmpty, bare.contains(":") == isBracketed,
            !bare.contains(where: { $0.isWhitespace || "[]/@".contains($0) })
        else { throw .notA("host:port, as in 127.0.0.1:8742 or [::1]:8742", scalar) }
        self.init(host: String(bare), port: port)
    }
}

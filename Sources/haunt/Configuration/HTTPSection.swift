import Household
import Wire

extension HauntConfiguration {
    /// `http`
    struct HTTP: Equatable, Encodable, Sendable {
        var listen = ListenAddress(host: "127.0.0.1", port: 8742)
        /// A file whose first line is the bearer token. When it is set, loopback clients need the token too.
        @ExplicitNull var tokenFile: String?
    }
}

extension HauntConfiguration.HTTP: ConfigurationSection {
    mutating func read(from reader: ConfigurationReader) {
        reader.read("listen", into: &listen)
        reader.readSecretFile("token_file", into: &tokenFile)
        if !listen.isLoopback, !reader.isWritten("token_file") {
            reader.add("\(listen) can be reached from other machines, so http.token_file must be set", key: "listen")
        }
    }
}

/// The address of a server socket: `host:port`. An IPv6 address is written in brackets.
struct ListenAddress: Equatable, Encodable, Sendable, CustomStringConvertible {
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

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}

extension ListenAddress: ConfigurationValue {
    init(_ scalar: ConfigurationScalar) throws(ConfigurationValueError) {
        let text = try String(scalar)
        guard let colon = text.lastIndex(of: ":"), let port = UInt16(text[colon...].dropFirst()) else {
            throw .expected("host:port, as in 127.0.0.1:8742", scalar)
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

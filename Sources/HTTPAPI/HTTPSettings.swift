/// The configuration of the HTTP server.
public struct HTTPSettings: Sendable {
    /// Address or host name of the interface to listen on.
    public var host: String
    /// TCP port; 0 takes any free one.
    public var port: Int
    /// Whether only this machine can reach the address.
    public var isLoopback: Bool
    /// The token that requests must show; nil admits every request from this machine.
    public var token: BearerToken?
    /// The only IP address that may ask, for a server behind Home Assistant's ingress. It needs no token, because the
    /// Supervisor has checked who asks. nil for every other server.
    public var peer: String?
    /// Version of the program.
    public var version: String

    public init(
        host: String, port: Int, isLoopback: Bool, token: BearerToken?, peer: String? = nil, version: String
    ) {
        self.host = host
        self.port = port
        self.isLoopback = isLoopback
        self.token = token
        self.peer = peer
        self.version = version
    }
}

extension HTTPSettings {
    /// The address as it is written in a URL.
    var address: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }
}

/// Limits of the HTTP server, in addition to those of the household's operations.
enum HTTPLimits {
    /// Largest number of connections at a time. A further one takes the place of the one that is silent longest.
    static let connections = 512
    /// Largest number of requests in progress. Further ones are answered with status 429.
    static let requests = 128
    /// Largest size of the bodies of all requests in progress, in bytes.
    static let bodyBytes = 32 << 20
    /// How long a client may take to send the head of its first request, in seconds.
    static let headS: Int64 = 15
    /// How long a client may take to send a body, in seconds.
    static let bodyS = 30.0
    /// The value of `Retry-After`, in seconds.
    static let retryAfterS = 1
    /// How long a connection may be idle, in seconds.
    static let idleS: Int64 = 60
    /// Largest size of all headers of a request, in bytes.
    static let headerBytes = 32_768
    /// Most clients of the event stream at a time. Further ones are answered with status 503.
    static let eventClients = 64
    /// Most messages that wait for one client of the event stream. A slower one is disconnected.
    static let pendingEvents = 256
    /// Messages of the event stream that are remembered for clients that come back.
    static let rememberedEvents = 512
    /// Their size, in bytes.
    static let rememberedEventBytes = 512 << 10
    /// How often a client of the event stream gets a heartbeat, in seconds.
    static let heartbeatS = 15.0
    /// How long messages may wait for a client of the event stream to acknowledge them, in milliseconds.
    static let unansweredMs = 60_000
    /// Largest file that is imported, in bytes.
    static let importBytes = 512 << 20
    /// How long a client may take to send one, in seconds.
    static let importS = 3_600.0
    /// Files that are received, wait or are read at a time. Further ones are answered with status 429.
    static let imports = 4
    /// Imports whose result is remembered.
    static let rememberedImports = 20
    /// Least time between two reports of the progress of an import.
    static let progressInterval = Duration.milliseconds(500)
    /// Largest number of listens in one ListenBrainz submission.
    static let submittedListens = 1_000
}

/// A bearer token. Printing it, or a value that contains it, shows dots.
public struct BearerToken: Sendable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    private let secret: [UInt8]

    /// nil for an empty text.
    public init?(_ text: String) {
        guard !text.isEmpty else { return nil }
        secret = Array(text.utf8)
    }

    public var description: String { "•••" }
    public var debugDescription: String { description }
    /// A mirror without children, because `dump` ignores the descriptions.
    public var customMirror: Mirror { Mirror(self, children: []) }

    /// Compares in a time that does not depend on where the two differ.
    func isSame(as shown: String) -> Bool {
        let shown = Array(shown.utf8)
        var difference = shown.count ^ secret.count
        for index in shown.indices { difference |= Int(shown[index] ^ secret[index % secret.count]) }
        return difference == 0
    }
}

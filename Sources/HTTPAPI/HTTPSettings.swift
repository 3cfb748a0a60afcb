/// What the HTTP front door needs to know of the configuration.
public struct HTTPSettings: Sendable {
    /// Address or name of the interface it listens on.
    public var host: String
    /// TCP port; 0 takes any that is free.
    public var port: Int
    /// Whether only this machine can reach it.
    public var isLoopback: Bool
    /// What a request must show; nil lets everybody on this machine in.
    public var token: BearerToken?
    /// Version of the program.
    public var version: String

    /// Creates settings.
    public init(host: String, port: Int, isLoopback: Bool, token: BearerToken?, version: String) {
        self.host = host
        self.port = port
        self.isLoopback = isLoopback
        self.token = token
        self.version = version
    }
}

/// Limits of the HTTP front door beside those of the household's operations.
enum HTTPLimits {
    /// Most connections at a time; further ones wait in the system's queue.
    static let connections = 512
    /// Most requests worked on at a time; further ones are told to come back.
    static let requests = 128
    /// When to come back, in seconds.
    static let retryAfterS = 1
    /// How long a connection may say nothing, in seconds.
    static let idleS: Int64 = 60
    /// Most bytes in all headers of a request.
    static let headerBytes = 32_768
    /// Most listens in one submission by ListenBrainz's rules.
    static let submittedListens = 1_000
}

/// Settings of a client: broker address, credentials, last will, limits.
public struct MQTTConfiguration: Equatable, Sendable {
    /// The keepalive intervals libmosquitto accepts, in seconds.
    public static let keepAliveRangeS = 5...65_535

    public var url: MQTTURL
    /// Must be unique on the broker: a second client with the same id disconnects the first.
    public var clientID: String
    /// Keepalive interval in seconds, 5…65,535. A broker that vanished is noticed within twice this time.
    public var keepAliveS = 60
    /// Session expiry interval in seconds: how long the broker keeps subscriptions and queued messages after a
    /// disconnect. 0 starts every connection with a clean session.
    public var sessionExpiryS: UInt32 = 0
    public var username: String?
    /// A file whose first line is the password. It is read at every connect, so a changed password needs no restart.
    public var passwordFile: String?
    /// Used when `url` is `mqtts`.
    public var tls = MQTTTLSConfiguration()
    /// The last will: the broker publishes it when the connection ends without DISCONNECT.
    public var will: MQTTPublication?
    public var limits = MQTTLimits()
    public var backoff = ReconnectBackoff()

    public init(url: MQTTURL, clientID: String) {
        self.url = url
        self.clientID = clientID
    }

    /// Checks the settings themselves. The broker is not contacted and no file is read.
    ///
    /// - Throws: ``MQTTError`` with code `invalidConfiguration`. The message names the setting.
    public func validate() throws(MQTTError) {
        guard Self.keepAliveRangeS.contains(keepAliveS) else {
            throw MQTTError(
                .invalidConfiguration,
                "A keepalive of \(keepAliveS) s is out of range: \(Self.keepAliveRangeS.lowerBound) to "
                    + "\(Self.keepAliveRangeS.upperBound) s work.")
        }
        guard !clientID.isEmpty, clientID.utf8.count <= TopicName.maxBytes else {
            throw MQTTError(.invalidConfiguration, "The client id must have 1 to \(TopicName.maxBytes) bytes.")
        }
        guard username != nil || passwordFile == nil else {
            throw MQTTError(.invalidConfiguration, "A password file needs a user name beside it.")
        }
        guard (tls.certificateFile == nil) == (tls.keyFile == nil) else {
            throw MQTTError(.invalidConfiguration, "A client certificate and its key go together; only one is set.")
        }
        // C strings end at NUL.
        let texts = [clientID, username, passwordFile, tls.caFile, tls.certificateFile, tls.keyFile]
        guard !texts.contains(where: { $0?.utf8.contains(0) == true }) else {
            throw MQTTError(.invalidConfiguration, "Client id, user name and file names cannot hold a NUL character.")
        }
        if let will, will.payload.count > limits.maxPayloadBytes {
            throw MQTTError(.invalidConfiguration, "The last will of \(will.payload.count) bytes is too large.")
        }
    }
}

/// Certificates of a TLS connection. All files are PEM.
public struct MQTTTLSConfiguration: Equatable, Sendable {
    /// The directory of trusted authorities on Debian, Ubuntu, Fedora and Arch.
    static let systemCADirectory = "/etc/ssl/certs"

    /// Authorities that may sign the broker's certificate. nil means those the operating system trusts.
    public var caFile: String?
    /// The client certificate, for brokers that require one.
    public var certificateFile: String?
    /// The private key of `certificateFile`, without a passphrase.
    public var keyFile: String?
    /// Accepts a valid certificate that was issued for another host name. Meant for test set-ups only.
    public var allowsOtherHostNames = false

    public init(
        caFile: String? = nil, certificateFile: String? = nil, keyFile: String? = nil,
        allowsOtherHostNames: Bool = false
    ) {
        self.caFile = caFile
        self.certificateFile = certificateFile
        self.keyFile = keyFile
        self.allowsOtherHostNames = allowsOtherHostNames
    }
}

/// Bounds of a client's queues, payloads and timeouts.
public struct MQTTLimits: Equatable, Sendable {
    /// Largest payload received or published, in bytes. A larger received message is dropped and counted.
    public var maxPayloadBytes = 1 << 20
    /// MQTT 5 Maximum Packet Size in bytes, sent in CONNECT. The broker drops larger packets itself, so the client
    /// neither sees nor counts them.
    public var maxPacketBytes: UInt32 = 16 << 20
    /// Events that may wait for the reader. When the queue is full, the newest message is dropped and counted.
    public var maxInboundCount = 10_000
    /// Bytes that may wait for the reader.
    public var maxInboundBytes = 64 << 20
    /// Publications that may wait to be sent. When the queue is full, `publish` throws `queueFull` and counts it.
    public var maxOutboundCount = 10_000
    /// Bytes that may wait to be sent.
    public var maxOutboundBytes = 64 << 20
    /// Publications sent and not yet acknowledged.
    public var maxInFlight = 100
    /// Time the broker has to answer CONNECT, in seconds.
    public var connectTimeoutS = 10.0
    /// Time a stop may spend on sending queued publications, in seconds.
    public var drainTimeoutS = 1.0

    public init() {}

    /// Estimated memory of a queued message besides payload and topic, in bytes.
    static let overheadBytes = 128
    /// Topics of too large publications that are remembered by name.
    static let maxTooLargeTopics = 100
    /// Time for DISCONNECT to be written after the queue is drained, in seconds.
    static let disconnectTimeoutS = 0.25
    /// Packets read before pending writes get their turn.
    static let maxReadsPerTurn = 256
    /// How long packets, and events for the reader, gather in a flood, in milliseconds.
    static let gatheringMs: Int32 = 2
    /// Longest sleep of the loop thread, in milliseconds. Keepalive is checked at least this often.
    static let maxPauseMs: Int32 = 1_000
    /// Connection events that may wait for the reader beyond `maxInboundCount`.
    static let reservedEvents = 100
    /// A connection that lasted this long resets the back-off, in seconds.
    static let stableAfterS = 10.0
    /// After this many short connections in a row the log names the likely cause.
    static let suspiciousConnections = 3
    /// Distinct conditions for which a first warning is remembered. Later ones are logged at debug level.
    static let maxRememberedWarnings = 1_000
}

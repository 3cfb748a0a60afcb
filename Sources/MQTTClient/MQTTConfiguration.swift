/// How to reach a broker, and as whom.
public struct MQTTConfiguration: Equatable, Sendable {
    /// The keepalive intervals libmosquitto takes, in seconds.
    public static let keepAliveRangeS = 5...65_535

    /// Where the broker is.
    public var url: MQTTURL
    /// Who we are to the broker; two clients of one id throw each other out.
    public var clientID: String
    /// How often a silent connection is probed, in seconds, 5…65,535; a vanished broker is noticed within twice that.
    public var keepAliveS = 60
    /// For how many seconds the broker keeps our subscriptions and what arrives for them while we are away; 0: not at all.
    public var sessionExpiryS: UInt32 = 0
    /// User name, when the broker wants one.
    public var username: String?
    /// File that holds the password; read at every connect, so that a changed one is taken up.
    public var passwordFile: String?
    /// Certificates; used when `url` is `mqtts`.
    public var tls = MQTTTLSConfiguration()
    /// What the broker publishes when we vanish without a word.
    public var will: MQTTPublication?
    /// What bounds queues and waiting.
    public var limits = MQTTLimits()
    /// How long to wait between attempts.
    public var backoff = ReconnectBackoff()

    /// Creates a configuration; everything but the address and the id has a default.
    public init(url: MQTTURL, clientID: String) {
        self.url = url
        self.clientID = clientID
    }

    /// Says what is wrong with the settings themselves; the broker and the files are another matter.
    ///
    /// - Throws: ``MQTTError`` with code `invalidConfiguration` that names the setting.
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
        let texts = [clientID, username, passwordFile, tls.caFile, tls.certificateFile, tls.keyFile]
        guard !texts.contains(where: { $0?.utf8.contains(0) == true }) else {
            throw MQTTError(.invalidConfiguration, "Client id, user name and file names cannot hold a NUL character.")
        }
        if let will, will.payload.count > limits.maxPayloadBytes {
            throw MQTTError(.invalidConfiguration, "The last will of \(will.payload.count) bytes is too large.")
        }
    }
}

import Household
import MQTTClient
import Wire

extension HauntConfiguration {
    /// `mqtt`: the broker, and who we are to it.
    struct MQTT: Equatable, Encodable, Sendable {
        /// Where the broker is.
        var url = MQTTURL.localBroker
        /// Who we are to the broker; two clients of one id throw each other out.
        var clientID = "haunt"
        /// What all our own topics begin with.
        var baseTopic = "haunt"
        /// User name, when the broker wants one.
        @ExplicitNull var user: String?
        /// File whose first line is the password.
        @ExplicitNull var passwordFile: String?
        /// Certificates, for `mqtts://`.
        var tls = TLS()
        /// How often a silent connection is probed, in seconds.
        var keepaliveS = 60
        /// What bounds the queues.
        var limits = Queues()
    }
}

extension HauntConfiguration.MQTT {
    /// `mqtt.tls`: certificates, all in PEM files.
    struct TLS: Equatable, Encodable, Sendable {
        /// Authorities that may vouch for the broker; those of the operating system when nil.
        @ExplicitNull var caFile: String?
        /// Our own certificate, for brokers that ask for one.
        @ExplicitNull var certificateFile: String?
        /// The key of our certificate.
        @ExplicitNull var keyFile: String?
    }

    /// `mqtt.limits`: how much may wait in memory; what comes beyond is dropped and counted.
    struct Queues: Equatable, Encodable, Sendable {
        /// Messages that may wait to be understood.
        var inboundMessages = MQTTLimits().maxInboundCount
        /// Their bytes.
        var inboundBytes = MQTTLimits().maxInboundBytes
        /// Messages that may wait to be sent.
        var outboundMessages = MQTTLimits().maxOutboundCount
        /// Their bytes.
        var outboundBytes = MQTTLimits().maxOutboundBytes
        /// Messages sent and not yet acknowledged.
        var inFlight = MQTTLimits().maxInFlight
    }
}

extension HauntConfiguration.MQTT: ConfigurationSection {
    mutating func read(from reader: ConfigurationReader) {
        reader.read("url", into: &url)
        reader.read("client_id", into: &clientID)
        reader.readBaseTopic("base_topic", into: &baseTopic)
        reader.read("user", into: &user)
        reader.readSecretFile("password_file", into: &passwordFile)
        reader.read("tls", into: &tls)
        reader.read("keepalive_s", into: &keepaliveS, in: MQTTConfiguration.keepAliveRangeS)
        reader.read("limits", into: &limits)
        check(reader)
    }

    private func check(_ reader: ConfigurationReader) {
        if clientID.utf8.count > ConfigurationLimits.nameBytes {
            reader.add("is longer than \(ConfigurationLimits.nameBytes) bytes", key: "client_id")
        }
        if user == nil, reader.isWritten("password_file") {
            reader.add("is of no use without a user; set mqtt.user too", key: "password_file")
        }
        if !url.usesTLS, tls != TLS() {
            reader.add("is of no use without encryption; write mqtt.url as mqtts://…", key: "tls")
        }
    }
}

extension HauntConfiguration.MQTT.TLS: ConfigurationSection {
    mutating func read(from reader: ConfigurationReader) {
        reader.readSecretFile("ca_file", into: &caFile)
        reader.readSecretFile("certificate_file", into: &certificateFile)
        reader.readSecretFile("key_file", into: &keyFile)
        let (certificate, key) = (reader.isWritten("certificate_file"), reader.isWritten("key_file"))
        guard certificate != key else { return }
        reader.add(
            "goes together with \(certificate ? "key_file" : "certificate_file"); set both or none",
            key: certificate ? "certificate_file" : "key_file")
    }
}

extension HauntConfiguration.MQTT.Queues: ConfigurationSection {
    mutating func read(from reader: ConfigurationReader) {
        reader.read("inbound_messages", into: &inboundMessages, in: ConfigurationLimits.queueMessages)
        reader.read("inbound_bytes", into: &inboundBytes, in: ConfigurationLimits.queueBytes)
        reader.read("outbound_messages", into: &outboundMessages, in: ConfigurationLimits.queueMessages)
        reader.read("outbound_bytes", into: &outboundBytes, in: ConfigurationLimits.queueBytes)
        reader.read("in_flight", into: &inFlight, in: ConfigurationLimits.inFlight)
    }
}

extension MQTTURL: Encodable {
    /// A broker on this machine.
    static let localBroker: MQTTURL = {
        do { return try MQTTURL(host: "localhost") } catch { preconditionFailure("localhost is a host: \(error)") }
    }()

    /// Writes the address as it would be written in the file.
    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}

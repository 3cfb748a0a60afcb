import Household
import MQTTClient
import Wire

extension HauntConfiguration {
    /// `mqtt`
    struct MQTT: Equatable, Encodable, Sendable {
        var url = MQTTURL.localBroker
        /// Must be unique on the broker: a second client with the same id disconnects the first.
        var clientID = "haunt"
        /// Prefix of all topics of Haunt.
        var baseTopic = "haunt"
        @ExplicitNull var user: String?
        /// A file whose first line is the password.
        @ExplicitNull var passwordFile: String?
        /// Needs an `mqtts` address.
        var tls = TLS()
        /// Keepalive interval in seconds.
        var keepaliveS = 60
        var limits = Queues()
    }
}

extension HauntConfiguration.MQTT {
    /// `mqtt.tls`: PEM files, as in `MQTTTLSConfiguration`.
    struct TLS: Equatable, Encodable, Sendable {
        @ExplicitNull var caFile: String?
        @ExplicitNull var certificateFile: String?
        @ExplicitNull var keyFile: String?
    }

    /// `mqtt.limits`: bounds of the queues, as in `MQTTLimits`. Messages beyond them are dropped and counted.
    struct Queues: Equatable, Encodable, Sendable {
        var inboundMessages = MQTTLimits().maxInboundCount
        var inboundBytes = MQTTLimits().maxInboundBytes
        var outboundMessages = MQTTLimits().maxOutboundCount
        var outboundBytes = MQTTLimits().maxOutboundBytes
        var inFlight = MQTTLimits().maxInFlight
    }
}

extension HauntConfiguration.MQTT: ConfigurationSection {
    mutating func read(from reader: ConfigurationReader) {
        reader.read("url", into: &url)
        reader.read("client_id", into: &clientID)
        reader.readBaseTopic("base_topic", into: &baseTopic)
        reader.read("user", into: &user)
        reader.readSecretLine("password_file", into: &passwordFile)
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
    static let localBroker: MQTTURL = {
        do { return try MQTTURL(host: "localhost") } catch { preconditionFailure("localhost is a host: \(error)") }
    }()

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}

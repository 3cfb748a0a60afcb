import CMosquitto
import Foundation

/// A failure between client and broker. Programs read `code`, people read `message`.
public struct MQTTError: Error, Hashable, Sendable, CustomStringConvertible {
    public enum Code: String, Sendable, CaseIterable {
        /// The address is not of the form `mqtt://host:port` or `mqtts://host:port`.
        case invalidURL
        /// A topic or filter breaks the rules of MQTT.
        case invalidTopic
        /// A setting is out of its range, or a file it names cannot be read.
        case invalidConfiguration
        /// A payload or property is larger than the client's limit or the broker's.
        case tooLarge
        /// The outbound queue is full.
        case queueFull
        /// The host name has no address.
        case hostNotFound
        /// Nothing answers at the address, or the connection is refused on the way.
        case unreachable
        /// The process has no file descriptor left.
        case tooManyOpenFiles
        /// The TLS handshake failed: certificate, key or host name.
        case tlsFailed
        /// The broker rejected the user name, the password or the client.
        case authenticationRefused
        /// The broker refused the connection for another reason.
        case connectionRefused
        /// The broker did not answer CONNECT in time.
        case timeout
        /// The broker or the network closed the connection.
        case connectionLost
        /// The broker fell silent without closing the connection.
        case keepAliveTimeout
        /// The peer sent something that is not MQTT 5.
        case protocolViolation
        /// The broker refused a subscription.
        case subscriptionRefused
        /// The broker refused a publication.
        case publicationRefused
        /// The client was stopped.
        case stopped
        /// libmosquitto failed with a result that has no code of its own here.
        case library
    }

    public let code: Code
    /// What is wrong, where, and what to do about it.
    public let message: String

    public init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    public var description: String { message }

    /// Whether the connection failed, as opposed to the one publication or subscription that was sent over it.
    var endsConnection: Bool {
        [.connectionLost, .unreachable, .keepAliveTimeout, .tlsFailed].contains(code)
    }
}

// MARK: - Errors of libmosquitto and the broker

extension MQTTError {
    /// MQTT 5 reason codes from here on are failures (§2.4).
    static let firstFailureReason: Int32 = 0x80

    /// Checks a result of libmosquitto.
    ///
    /// - Parameters:
    ///   - result: A `mosq_err_t`.
    ///   - number: `errno` right after the call.
    ///   - complaint: The last error that the library logged.
    ///   - url: The broker, for the message.
    /// - Throws: ``MQTTError`` unless the result is `MOSQ_ERR_SUCCESS`.
    static func check(
        mosquitto result: Int32, errno number: Int32 = errno, complaint: String? = nil, url: MQTTURL
    ) throws(MQTTError) {
        guard result != MOSQ_ERR_SUCCESS.rawValue else { return }
        throw MQTTError(mosquitto: result, errno: number, complaint: complaint, url: url)
    }

    private init(mosquitto result: Int32, errno number: Int32, complaint: String?, url: MQTTURL) {
        switch mosq_err_t(rawValue: result) {
        case MOSQ_ERR_ERRNO: self.init(errno: number, url: url)
        case MOSQ_ERR_EAI:
            self.init(.hostNotFound, "The host name of \(url) has no address; is it spelled right, and is there DNS?")
        case MOSQ_ERR_TLS, MOSQ_ERR_TLS_HANDSHAKE, MOSQ_ERR_OCSP:
            let detail = complaint.map { " (\($0))" } ?? ""
            self.init(.tlsFailed, "TLS with \(url) failed\(detail); do CA file, certificate, key and host name fit?")
        case MOSQ_ERR_KEEPALIVE:
            self.init(.keepAliveTimeout, "The broker at \(url) went silent without closing the connection.")
        case MOSQ_ERR_CONN_LOST, MOSQ_ERR_NO_CONN:
            self.init(.connectionLost, "The broker at \(url) closed the connection.")
        case MOSQ_ERR_PROTOCOL, MOSQ_ERR_MALFORMED_PACKET, MOSQ_ERR_MALFORMED_UTF8, MOSQ_ERR_DUPLICATE_PROPERTY,
            MOSQ_ERR_TOPIC_ALIAS_INVALID:
            self.init(.protocolViolation, "What answers at \(url) sent something that is not MQTT 5; is it a broker?")
        case MOSQ_ERR_OVERSIZE_PACKET, MOSQ_ERR_PAYLOAD_SIZE:
            self.init(.tooLarge, "The broker at \(url) takes no packet this large.")
        case MOSQ_ERR_QOS_NOT_SUPPORTED, MOSQ_ERR_RETAIN_NOT_SUPPORTED:
            self.init(.publicationRefused, "The broker at \(url) does not offer this QoS, or keeps nothing retained.")
        default:
            let text = unsafe String(cString: mosquitto_strerror(result))
            self.init(.library, "libmosquitto failed with \(url): \(text) (\(result)).")
        }
    }

    private init(errno number: Int32, url: MQTTURL) {
        switch number {
        case EMFILE, ENFILE:
            self.init(.tooManyOpenFiles, "No file descriptor is left for a connection to \(url); raise LimitNOFILE.")
        case ECONNRESET, EPIPE, ECONNABORTED, ENOTCONN, EPROTO:
            self.init(.connectionLost, "The broker at \(url) closed the connection.")
        default:
            self.init(.unreachable, "Nobody answers at \(url): \(String(describingErrno: number)).")
        }
    }

    /// Translates the reason code of a CONNACK that refuses the connection (MQTT 5 §3.2.2.2).
    init(refusal reason: Int32, url: MQTTURL) {
        switch mqtt5_return_codes(rawValue: UInt32(bitPattern: reason)) {
        case MQTT_RC_BAD_USERNAME_OR_PASSWORD, MQTT_RC_NOT_AUTHORIZED, MQTT_RC_BANNED:
            self.init(
                .authenticationRefused,
                "The broker at \(url) does not let us in: user name or password is wrong, missing, or not allowed.")
        default:
            self.init(
                .connectionRefused, "The broker at \(url) refused the connection: \(Self.text(ofReason: reason)).")
        }
    }

    /// Translates the reason code of a DISCONNECT from the broker.
    ///
    /// nil for codes below 0x80: libmosquitto reports its own failures that way, and `check` translates them.
    init?(closing reason: Int32, url: MQTTURL) {
        guard reason >= Self.firstFailureReason else { return nil }
        self.init(.connectionLost, "The broker at \(url) closed the connection: \(Self.text(ofReason: reason)).")
    }

    /// The name of an MQTT 5 reason code.
    static func text(ofReason reason: Int32) -> String {
        unsafe String(cString: mosquitto_reason_string(reason))
    }
}

extension String {
    /// The system's text for an error number.
    init(describingErrno number: Int32) {
        self = unsafe String(cString: strerror(number))
    }
}

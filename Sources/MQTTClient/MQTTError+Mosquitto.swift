import CMosquitto
import Foundation

extension MQTTError {
    /// What a result of libmosquitto means.
    ///
    /// - Parameters:
    ///   - result: A `mosq_err_t`.
    ///   - reason: `errno` as the call left it.
    ///   - complaint: What the library said last about an error.
    ///   - url: Where the broker is.
    init(mosquitto result: Int32, errno reason: Int32, complaint: String?, url: MQTTURL) {
        switch mosq_err_t(rawValue: result) {
        case MOSQ_ERR_ERRNO: self.init(errno: reason, url: url)
        case MOSQ_ERR_EAI:
            self.init(.hostNotFound, "The host name of \(url) has no address; is it spelled right, and is there DNS?")
        case MOSQ_ERR_TLS, MOSQ_ERR_TLS_HANDSHAKE, MOSQ_ERR_OCSP:
            let said = complaint.map { " (\($0))" } ?? ""
            self.init(.tlsFailed, "TLS with \(url) failed\(said); do CA file, certificate, key and host name fit?")
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

    /// What a refused CONNECT means; `reason` is a reason code of MQTT 5 §3.2.2.2.
    init(refusal reason: Int32, url: MQTTURL) {
        switch mqtt5_return_codes(rawValue: UInt32(bitPattern: reason)) {
        case MQTT_RC_BAD_USERNAME_OR_PASSWORD, MQTT_RC_NOT_AUTHORIZED, MQTT_RC_BANNED:
            self.init(
                .authenticationRefused,
                "The broker at \(url) does not let us in: user name or password is wrong, missing, or not allowed.")
        default:
            let text = unsafe String(cString: mosquitto_reason_string(reason))
            self.init(.connectionRefused, "The broker at \(url) refused the connection: \(text).")
        }
    }

    private init(errno reason: Int32, url: MQTTURL) {
        switch reason {
        case EMFILE, ENFILE:
            self.init(.tooManyOpenFiles, "No file descriptor is left for a connection to \(url); raise LimitNOFILE.")
        case ECONNRESET, EPIPE, ECONNABORTED, ENOTCONN, EPROTO:
            self.init(.connectionLost, "The broker at \(url) closed the connection.")
        default:
            self.init(.unreachable, "Nobody answers at \(url): \(String(describingErrno: reason)).")
        }
    }
}

extension String {
    /// What the system says about an error number.
    init(describingErrno number: Int32) {
        self = unsafe String(cString: strerror(number))
    }
}

extension MQTTError {
    /// Reason codes from here on say that something failed (MQTT 5 §2.4).
    static let firstFailure: Int32 = 0x80

    /// Why the broker closed the connection, if it said so; smaller numbers are the library's own and are told elsewhere.
    init?(closing reason: Int32, url: MQTTURL) {
        guard reason >= Self.firstFailure else { return nil }
        self.init(.connectionLost, "The broker at \(url) closed the connection: \(Self.text(ofReason: reason)).")
    }

    /// What a reason code of MQTT 5 means.
    static func text(ofReason reason: Int32) -> String {
        unsafe String(cString: mosquitto_reason_string(reason))
    }
}

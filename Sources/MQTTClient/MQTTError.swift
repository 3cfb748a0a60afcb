/// What went wrong between us and the broker, for programs (`code`) and for people (`message`).
public struct MQTTError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What can go wrong; a closed list.
    public enum Code: String, Sendable, CaseIterable {
        /// The address is not of the form `mqtt://host:port` or `mqtts://host:port`.
        case invalidURL
        /// A topic or filter breaks the rules of MQTT.
        case invalidTopic
        /// A setting is out of its range, or a file it names cannot be read.
        case invalidConfiguration
        /// A payload or property is larger than our limit or the broker's.
        case tooLarge
        /// More is waiting to be sent than the limits allow.
        case queueFull
        /// The host name has no address.
        case hostNotFound
        /// Nobody answers at the address, or something in between refuses.
        case unreachable
        /// The process has no file descriptor left for a connection.
        case tooManyOpenFiles
        /// TLS could not be agreed on: certificate, key or host name.
        case tlsFailed
        /// The broker does not know this user name and password, or does not let this client in.
        case authenticationRefused
        /// The broker refused the connection for another reason.
        case connectionRefused
        /// The broker did not answer within the time allowed.
        case timeout
        /// The broker closed the connection, or the network did.
        case connectionLost
        /// The broker went silent without closing the connection.
        case keepAliveTimeout
        /// The broker sent something that is not MQTT 5.
        case protocolViolation
        /// The broker refused a subscription.
        case subscriptionRefused
        /// The broker refused a publication.
        case publicationRefused
        /// The client was stopped.
        case stopped
        /// libmosquitto failed in a way that has no better name.
        case library
    }

    /// What went wrong.
    public let code: Code
    /// What is wrong, where, and what to do about it.
    public let message: String

    /// Creates an error.
    public init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    /// Whether the connection is to blame, and not what was to be sent over it.
    var endsConnection: Bool {
        [.connectionLost, .unreachable, .keepAliveTimeout, .tlsFailed].contains(code)
    }

    /// The message.
    public var description: String { message }
}

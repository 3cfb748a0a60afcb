/// A topic that can be published to: not empty, no wildcard, no control character, at most 65,535 bytes of UTF-8 (MQTT 5 §4.7).
public struct TopicName: Hashable, Sendable, CustomStringConvertible {
    /// The longest topic MQTT can carry, in bytes of UTF-8.
    public static let maxBytes = 65_535

    /// The topic as it goes over the wire.
    public let string: String

    /// Checks a topic.
    ///
    /// - Parameter string: The topic.
    /// - Throws: ``MQTTError`` with code `invalidTopic` that says which rule it breaks.
    public init(_ string: String) throws(MQTTError) {
        try Self.checkSize(of: string)
        guard !string.utf8.contains(where: { $0 == UInt8(ascii: "#") || $0 == UInt8(ascii: "+") }) else {
            throw MQTTError(
                .invalidTopic, "“\(string)” cannot be published to: “#” and “+” are wildcards and only subscribe.")
        }
        self.string = string
    }

    /// The topic itself.
    public var description: String { string }

    /// What names and filters have in common.
    static func checkSize(of string: String) throws(MQTTError) {
        guard !string.isEmpty else {
            throw MQTTError(.invalidTopic, "A topic cannot be empty.")
        }
        guard string.utf8.count <= maxBytes else {
            throw MQTTError(
                .invalidTopic, "A topic of \(string.utf8.count) bytes is too long: \(maxBytes) is the most MQTT allows."
            )
        }
        guard string.unicodeScalars.allSatisfy({ !isForbidden($0) }) else {
            throw MQTTError(.invalidTopic, "A topic cannot contain control characters or non-characters of Unicode.")
        }
    }

    /// The characters that MQTT 5 §1.5.4 lets a broker close the connection for, and mosquitto does.
    private static func isForbidden(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.generalCategory == .control || scalar.properties.isNoncharacterCodePoint
    }
}

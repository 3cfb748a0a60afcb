import MQTTClient
import Testing

/// What an impostor answers, and what the client may make of it.
struct Nonsense: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let bytes: [UInt8]
    let codes: Set<MQTTError.Code>

    /// CONNACK of MQTT 5: accepted, no properties.
    private static let accepted: [UInt8] = [0x20, 3, 0, 0, 0]

    static let all = [
        Nonsense("a web server", Array("HTTP/1.1 400 Bad Request\r\n\r\n".utf8), [.protocolViolation, .timeout]),
        Nonsense("silence", [], [.timeout]),
        Nonsense("a refusal", [0x20, 3, 0, 0x88, 0], [.connectionRefused]),
        Nonsense("banned", [0x20, 3, 0, 0x8A, 0], [.authenticationRefused]),
        Nonsense("a topic that is no UTF-8", accepted + publish(topic: [0xC3, 0x28]), [.protocolViolation]),
        Nonsense("a topic with a NUL", accepted + publish(topic: [0x61, 0, 0x62]), [.protocolViolation]),
        Nonsense("a topic alias", accepted + [0x30, 7, 0, 0, 3, 0x23, 0, 1, 0x78], [.protocolViolation]),
        Nonsense("a length without end", accepted + [0x30, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF], [.protocolViolation]),
        Nonsense("a string longer than its packet", accepted + [0x30, 4, 0xFF, 0xFF, 0x61, 0], [.protocolViolation]),
        Nonsense("an unknown packet", accepted + [0x00, 0], [.protocolViolation]),
        Nonsense("a farewell", accepted + [0xE0, 2, 0x8B, 0], [.connectionLost]),
    ]

    private init(_ description: String, _ bytes: [UInt8], _ codes: Set<MQTTError.Code>) {
        testDescription = description
        self.bytes = bytes
        self.codes = codes
    }

    private static func publish(topic: [UInt8]) -> [UInt8] {
        [0x30, UInt8(2 + topic.count + 2), 0, UInt8(topic.count)] + topic + [0, 0x78]
    }
}

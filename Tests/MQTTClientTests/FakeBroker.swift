import Foundation
import HauntTestSupport
import MQTTClient
import Testing

/// A server that answers the first packet of each client with given bytes and then only reads.
final class FakeBroker: Sendable {
    let url: MQTTURL
    private let listener: Int32

    init(answering bytes: [UInt8]) throws {
        let port = freeLoopbackPort()
        url = try MQTTURL(host: "127.0.0.1", port: port)
        listener = try LoopbackListener.open(port: port)
        Thread.detachNewThread { [listener] in
            while case let client = accept(listener, nil, nil), client >= 0 {
                _ = LoopbackListener.read(from: client)
                LoopbackListener.write(bytes, to: client)
                Thread.detachNewThread {
                    while !LoopbackListener.read(from: client).isEmpty {}
                    close(client)
                }
            }
        }
    }

    deinit {
        _ = shutdown(listener, Int32(SHUT_RDWR))
    }
}

/// An answer of a `FakeBroker`, and the errors that the client may report for it.
struct BadAnswer: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let bytes: [UInt8]
    let codes: Set<MQTTError.Code>

    /// CONNACK of MQTT 5: accepted, no properties.
    private static let accepted: [UInt8] = [0x20, 3, 0, 0, 0]

    static let all = [
        BadAnswer("a web server", Array("HTTP/1.1 400 Bad Request\r\n\r\n".utf8), [.protocolViolation, .timeout]),
        BadAnswer("silence", [], [.timeout]),
        BadAnswer("a refusal", [0x20, 3, 0, 0x88, 0], [.connectionRefused]),
        BadAnswer("banned", [0x20, 3, 0, 0x8A, 0], [.authenticationRefused]),
        BadAnswer("a topic that is no UTF-8", accepted + publish(topic: [0xC3, 0x28]), [.protocolViolation]),
        BadAnswer("a topic with a NUL", accepted + publish(topic: [0x61, 0, 0x62]), [.protocolViolation]),
        BadAnswer("a topic alias", accepted + [0x30, 7, 0, 0, 3, 0x23, 0, 1, 0x78], [.protocolViolation]),
        BadAnswer("a length without end", accepted + [0x30, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF], [.protocolViolation]),
        BadAnswer("a string longer than its packet", accepted + [0x30, 4, 0xFF, 0xFF, 0x61, 0], [.protocolViolation]),
        BadAnswer("an unknown packet", accepted + [0x00, 0], [.protocolViolation]),
        BadAnswer("a farewell", accepted + [0xE0, 2, 0x8B, 0], [.connectionLost]),
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

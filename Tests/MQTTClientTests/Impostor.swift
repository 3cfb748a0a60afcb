import Foundation
import HauntTestSupport
import MQTTClient

/// Answers the first packet of each client with given bytes and then listens on: what is no broker, or a broken one.
final class Impostor: Sendable {
    /// Where it listens.
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

import Foundation
import HauntTestSupport
import MQTTClient
import Synchronization

/// Passes one connection on to a broker until it is cut, as a pulled cable would.
final class LoopbackRelay: Sendable {
    /// Where it listens.
    let url: MQTTURL
    private let listener: Int32
    private let connections = Mutex<[Int32]>([])

    init(to broker: UInt16) throws {
        let port = freeLoopbackPort()
        url = try MQTTURL(host: "127.0.0.1", port: port)
        listener = try LoopbackListener.open(port: port)
        Thread.detachNewThread { [weak self, listener] in
            let client = accept(listener, nil, nil)
            guard client >= 0, let server = try? LoopbackListener.connection(to: broker) else { return }
            self?.connections.withLock { $0 = [client, server] }
            Thread.detachNewThread { Self.pass(from: client, to: server) }
            Self.pass(from: server, to: client)
        }
    }

    deinit {
        cut()
    }

    /// Ends the connection without a word of MQTT, and listens no more.
    func cut() {
        _ = shutdown(listener, Int32(SHUT_RDWR))
        connections.withLock { descriptors in
            for descriptor in descriptors { _ = shutdown(descriptor, Int32(SHUT_RDWR)) }
        }
    }

    private static func pass(from source: Int32, to target: Int32) {
        while true {
            let bytes = LoopbackListener.read(from: source)
            guard !bytes.isEmpty else { return }
            LoopbackListener.write(bytes, to: target)
        }
    }
}

import BareClient
import Foundation
import Household
import Listening
import Logging
import MQTTBridge
import MQTTClient
import Storage
import Wire

/// Taking in state messages of players from a real broker: the whole bridge with its play tracker, beside a subscriber that
/// is nothing but libmosquitto and only counts.
enum IntakeBenchmark {
    private static let count = 200_000
    private static let times = 3

    static func run(in folder: URL) async throws {
        let port = bare_free_port()
        let broker = try startBroker(port, in: folder)
        // It has the signals of this thread, of which some are blocked.
        defer { kill(broker.processIdentifier, SIGKILL) }
        for qos in [0, 1] {
            let bare = await Measurement("libmosquitto alone, \(count) messages, QoS \(qos)", times: times) { _ in
                precondition(bare_take(port, Int32(qos), Int32(count)) == 0, "The broker cannot be reached")
            }
            bare.report()
            let full = try await Measurement("Haunt, \(count) messages, QoS \(qos)", times: times) { number in
                try await takeIn(port, qos: qos, in: folder, "intake-\(qos)-\(number)")
            }
            full.report()
            let ratio = String(format: "%.2f", bare.wallMedian / full.wallMedian)
            print("messages in a second, Haunt to libmosquitto: \(ratio); the aim is at least 0.90")
        }
    }

    /// A mosquitto that drops nothing.
    private static func startBroker(_ port: Int32, in folder: URL) throws -> Process {
        let file = folder.appending(path: "mosquitto.conf")
        let lines = [
            "listener \(port) 127.0.0.1", "allow_anonymous true", "max_queued_messages 0", "max_inflight_messages 0",
            "set_tcp_nodelay true",
        ]
        try Data(lines.joined(separator: "\n").utf8).write(to: file)
        let broker = Process()
        broker.executableURL = URL(filePath: "/usr/sbin/mosquitto")
        broker.arguments = ["-c", file.path]
        broker.standardError = FileHandle.nullDevice
        try broker.run()
        for _ in 0..<100 where bare_publish(port, 0, 0) != 0 { Thread.sleep(forTimeInterval: 0.05) }
        return broker
    }

    /// Runs the bridge until it has taken in all messages.
    private static func takeIn(_ port: Int32, qos: Int, in folder: URL, _ name: String) async throws {
        let silence = Logger(label: "benchmark") { _ in SwiftLogNoOpLogHandler() }
        let url = try MQTTURL(host: "127.0.0.1", port: UInt16(port))
        let client = MQTTClient(configuration: MQTTConfiguration(url: url, clientID: name), logger: silence)
        let publisher = BridgePublisher(
            client: client, baseTopic: "haunt", discovery: DiscoverySettings(version: ""), logger: silence)
        let store = try HouseholdDatabase(path: folder.appending(path: "\(name).db").path)
        let household = try Household(store: store, settings: HouseholdSettings(), observer: publisher)
        let settings = BridgeSettings(
            sources: [SourceConfiguration(dialect: .homeAssistantStatestream, baseTopic: "homeassistant")],
            speakerRules: [:], rules: ListenRules(), version: "", redactedConfiguration: .null)
        let bridge = try BridgeService(
            household: household, client: client, publisher: publisher, settings: settings, logger: silence)
        let running = [Task { try await client.run() }, Task { try await bridge.run() }]
        while !client.isConnected { try await Task.sleep(for: .milliseconds(5)) }
        let before = publisher.broker.playerMessages.values.reduce(0, +)
        let sender = Thread { _ = bare_publish(port, Int32(qos), Int32(count)) }
        sender.start()
        while publisher.broker.playerMessages.values.reduce(0, +) - before + client.counters.droppedInbound < count {
            // Asking takes time that a daemon does not spend, so it is done rarely.
            try await Task.sleep(for: .milliseconds(10))
        }
        let dropped = client.counters.droppedInbound
        if dropped > 0 { print("dropped: \(dropped) of \(count)") }
        for task in running { task.cancel() }
    }
}

import Foundation
public import MQTTClient
import Synchronization

/// The real daemon, with a configuration and a store of its own. It is killed when its object is released.
public final class HauntProcess: Sendable {
    /// The daemon ended instead of starting.
    public struct Failure: Error, CustomStringConvertible {
        /// Its log.
        public let description: String
    }

    /// The folder of its files.
    public let directory: TemporaryDirectory
    /// The port of its HTTP server.
    public let httpPort = Int(freeLoopbackPort())
    private let program: String
    private let environment: [String: String]
    private let child = Mutex<ChildProcess?>(nil)

    /// Prepares a daemon, which runs from ``start()`` on.
    ///
    /// - Parameters:
    ///   - broker: Its broker.
    ///   - configuration: YAML without `mqtt`, `store` and `http`, which are set here.
    ///   - http: YAML of `http`; nil for a free port.
    ///   - hasDemoCatalog: Whether a new store gets the demo catalog.
    ///   - keepaliveS: Keepalive interval of MQTT, in seconds.
    ///   - environment: Environment variables.
    ///   - program: Path of the binary.
    /// - Throws: An error of the file system.
    public init(
        broker: MQTTURL, configuration: String, http: String? = nil, hasDemoCatalog: Bool = false, keepaliveS: Int = 30,
        environment: [String: String] = [:], program: String = HauntProcess.builtProgram
    ) throws {
        self.program = program
        self.environment = environment.merging(["HAUNT_STORE_DEMO_CATALOG": "\(hasDemoCatalog)"]) { $1 }
        directory = try TemporaryDirectory()
        let own = """
            mqtt: {url: "\(broker)", client_id: haunt-\(UUID().uuidString), keepalive_s: \(keepaliveS)}
            store: {path: "\(directory.path("haunt.db"))"}
            http: \(http ?? "{listen: \"127.0.0.1:\(httpPort)\"}")

            """
        _ = try directory.write(own + configuration, to: "haunt.yaml")
    }

    /// The binary that was built beside the running program.
    public static var builtProgram: String {
        let running = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
        return running.deletingLastPathComponent().appending(path: "haunt").path
    }

    public var storePath: String { directory.path("haunt.db") }

    public var configurationPath: String { directory.path("haunt.yaml") }

    /// Starts it and returns when it is connected to the broker and accepts HTTP connections.
    ///
    /// - Returns: The lines it has logged so far.
    /// - Throws: ``Failure`` with its log when it ended instead.
    @discardableResult
    public func start() async throws -> [String] {
        let child = try ChildProcess(
            program, ["serve", "--config", configurationPath], environment: environment)
        var said: [String] = []
        for await line in child.errors {
            said.append(line)
            let words = ["Connected to the broker", "Answers on http://"]
            guard !words.allSatisfy({ word in said.contains { $0.contains(word) } }) else {
                self.child.withLock { $0 = child }
                return said
            }
        }
        throw Failure(description: said.joined(separator: "\n"))
    }

    /// Waits for a line of its log that contains a text; nil when it ends without it.
    public func logLine(containing text: String) async -> String? {
        guard let child = child.withLock({ $0 }) else { return nil }
        for await line in child.errors where line.contains(text) { return line }
        return nil
    }

    public func send(_ signal: Int32) { child.withLock { $0?.send(signal) } }

    /// Stops it by SIGTERM, as systemd does.
    ///
    /// - Returns: Its exit status.
    @discardableResult
    public func stop() async -> Int32? {
        send(SIGTERM)
        return await child.withLock { $0 }?.wait()
    }

    /// Kills it, so that it cannot save or publish anything.
    public func kill() async {
        send(SIGKILL)
        _ = await child.withLock { $0 }?.wait()
    }

    /// Runs a command of the same program on the same store.
    ///
    /// - Parameter arguments: The command and its arguments.
    /// - Returns: Exit status and output.
    /// - Throws: When it cannot be started.
    public func command(_ arguments: String...) async throws -> ChildProcess.Outcome {
        try await command(arguments)
    }

    /// Runs a command of the same program on the same store.
    public func command(_ arguments: [String]) async throws -> ChildProcess.Outcome {
        try await ChildProcess.run(program, arguments + ["--config", configurationPath], environment: environment)
    }
}

import Foundation
public import MQTTClient
import Synchronization

/// The real daemon with a configuration and a store of its own; it never outlives its object.
public final class HauntProcess: Sendable {
    /// The daemon ended instead of starting.
    public struct Failure: Error, CustomStringConvertible {
        /// What it said.
        public let description: String
    }

    /// Where its files are.
    public let directory: TemporaryDirectory
    /// Port of its HTTP front door.
    public let httpPort = Int(freeLoopbackPort())
    private let program: String
    private let environment: [String: String]
    private let child = Mutex<ChildProcess?>(nil)

    /// Prepares a daemon; nothing runs before `start()`.
    ///
    /// - Parameters:
    ///   - broker: The broker it talks to.
    ///   - configuration: YAML beside `mqtt`, `store` and `http`, which are set here.
    ///   - http: YAML of `http` in place of its free port.
    ///   - hasDemoCatalog: Whether its new store begins with the demo catalog.
    ///   - keepaliveS: MQTT keepalive in seconds.
    ///   - environment: Variables of its environment.
    ///   - program: The binary.
    /// - Throws: What the file system says.
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

    /// The store.
    public var storePath: String { directory.path("haunt.db") }

    /// The configuration file.
    public var configurationPath: String { directory.path("haunt.yaml") }

    /// Starts it and returns once it says that it is connected to the broker and answers over HTTP.
    ///
    /// - Returns: The lines it has logged so far.
    /// - Throws: ``Failure`` with what it said when it ended instead.
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

    /// The first line it logs from now on that contains a text; nil when it ends before.
    public func logLine(containing text: String) async -> String? {
        guard let child = child.withLock({ $0 }) else { return nil }
        for await line in child.errors where line.contains(text) { return line }
        return nil
    }

    /// Sends a signal.
    public func send(_ signal: Int32) { child.withLock { $0?.send(signal) } }

    /// Stops it as systemd would.
    ///
    /// - Returns: Its exit status.
    @discardableResult
    public func stop() async -> Int32? {
        send(SIGTERM)
        return await child.withLock { $0 }?.wait()
    }

    /// Ends it without a chance to say anything.
    public func kill() async {
        send(SIGKILL)
        _ = await child.withLock { $0 }?.wait()
    }

    /// Its process id.
    public var processIdentifier: Int32? { child.withLock { $0?.processIdentifier } }

    /// Runs a command of the same program on the same store.
    ///
    /// - Parameter arguments: The command and what it is told.
    /// - Returns: How it ended and what it said.
    /// - Throws: When it cannot be started.
    public func command(_ arguments: String...) async throws -> ChildProcess.Outcome {
        try await command(arguments)
    }

    /// Runs a command of the same program on the same store.
    ///
    /// - Parameter arguments: The command and what it is told.
    /// - Returns: How it ended and what it said.
    /// - Throws: When it cannot be started.
    public func command(_ arguments: [String]) async throws -> ChildProcess.Outcome {
        try await ChildProcess.run(program, arguments + ["--config", configurationPath], environment: environment)
    }
}

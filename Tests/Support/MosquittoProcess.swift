import Foundation
public import MQTTClient
import Synchronization

/// A real broker on a free loopback port. It is killed when its object is released.
///
/// ```swift
/// let broker = try MosquittoProcess()
/// try await broker.start()
/// ```
public final class MosquittoProcess: Sendable {
    /// The broker, or a tool that prepares it, failed.
    public struct Failure: Error, CustomStringConvertible {
        /// Its output.
        public let lines: [String]

        public var description: String { lines.joined(separator: "\n") }
    }

    /// The folder of its files.
    public let directory: TemporaryDirectory
    /// Its certificates; nil without TLS.
    public let certificates: Certificates?
    /// Its address, which stays the same when it is started again.
    public let url: MQTTURL

    private let options: Options
    private let child = Mutex<ChildProcess?>(nil)

    /// Prepares a broker, which runs from ``start()`` on.
    ///
    /// - Throws: An error of the file system.
    public init(_ options: Options = Options()) throws {
        self.options = options
        directory = try TemporaryDirectory()
        certificates = options.usesTLS ? Certificates(in: directory) : nil
        url = try MQTTURL(host: "127.0.0.1", port: freeLoopbackPort(), usesTLS: options.usesTLS)
    }

    public var port: UInt16 { url.port }

    /// Starts it, or starts it again, and returns once it accepts connections.
    ///
    /// - Throws: ``Failure`` with its output.
    public func start() async throws {
        try await prepareFiles()
        let child = try ChildProcess("mosquitto", ["-c", directory.path("mosquitto.conf")])
        var said: [String] = []
        for await line in child.errors {
            said.append(line)
            guard !line.hasSuffix(" running") else {
                self.child.withLock { $0 = child }
                return
            }
        }
        throw Failure(lines: said)
    }

    /// Stops it by SIGTERM.
    public func stop() async {
        await end(with: SIGTERM)
    }

    /// Kills it, so that it cannot close its connections.
    public func kill() async {
        await end(with: SIGKILL)
    }

    /// Stops its process, so that it keeps its connections and answers nothing.
    public func pause() {
        child.withLock { $0?.send(SIGSTOP) }
    }

    /// Continues after ``pause()``.
    public func resume() {
        child.withLock { $0?.send(SIGCONT) }
    }

    private func end(with signal: Int32) async {
        let child = child.withLock { $0.take() }
        child?.send(signal)
        await child?.wait()
    }

    private func prepareFiles() async throws {
        guard !FileManager.default.fileExists(atPath: directory.path("mosquitto.conf")) else { return }
        try await certificates?.make(in: directory)
        if !options.users.isEmpty { try await writePasswords(options.users) }
        if !options.accessList.isEmpty {
            try directory.write(options.accessList.joined(separator: "\n") + "\n", to: "acl")
        }
        try directory.write(configuration.joined(separator: "\n") + "\n", to: "mosquitto.conf")
    }

    /// Writes the password file, which a broker reads when it starts.
    ///
    /// - Throws: ``Failure`` with the output of `mosquitto_passwd`.
    public func writePasswords(_ users: [String: String]) async throws {
        let file = try directory.write("", to: "passwords")
        for (name, password) in users {
            let outcome = try await ChildProcess.run("mosquitto_passwd", ["-b", file, name, password])
            guard outcome.status == 0 else { throw Failure(lines: outcome.errors) }
        }
    }

    /// The user is set, because mosquitto that is started as root would change to a user who cannot read these files.
    private var configuration: [String] {
        var lines = [
            "listener \(port) 127.0.0.1", "user \(NSUserName())", "log_dest stderr", "log_type all",
            "allow_anonymous \(options.users.isEmpty)",
        ]
        if let certificates {
            lines += [
                "cafile \(certificates.caFile)", "certfile \(certificates.serverFile)",
                "keyfile \(certificates.serverKeyFile)", "require_certificate \(options.wantsClientCertificates)",
            ]
        }
        if !options.users.isEmpty { lines.append("password_file \(directory.path("passwords"))") }
        if !options.accessList.isEmpty { lines.append("acl_file \(directory.path("acl"))") }
        if options.isPersistent { lines += ["persistence true", "persistence_location \(directory.path(""))/"] }
        return lines + options.extraLines
    }
}

public import Foundation
import Synchronization

/// A program that a test runs: its lines can be awaited, and it never outlives its object.
///
/// ## Concurrency model
/// The `Process` is configured in `init` and only signalled afterwards; what ends with it is in one `Mutex`.
public final class ChildProcess: Sendable {
    /// How a program ended, with all it said.
    public struct Outcome: Sendable {
        /// Exit status, or the number of the signal that ended it.
        public let status: Int32
        /// Its standard output, line by line.
        public let output: [String]
        /// Its standard error, line by line.
        public let errors: [String]
    }

    private struct Ending {
        var status: Int32?
        var waiters: [CheckedContinuation<Int32, Never>] = []
    }

    /// Lines of standard output, in order, kept until read; one reader at a time.
    public let output: AsyncStream<String>
    /// Lines of standard error.
    public let errors: AsyncStream<String>

    private let process = Process()
    private let ending = Mutex(Ending())

    /// Starts a program.
    ///
    /// - Parameters:
    ///   - program: A path, or a name that is looked up in `PATH` and the `sbin` directories.
    ///   - arguments: What it is told.
    ///   - environment: What is added to our own environment.
    ///   - input: A file for its standard input; nothing otherwise.
    /// - Throws: When there is no such program, or it cannot be started.
    public init(
        _ program: String, _ arguments: [String] = [], environment: [String: String] = [:], input: URL? = nil
    ) throws {
        let (outputPipe, errorPipe) = (Pipe(), Pipe())
        output = outputPipe.fileHandleForReading.textLines
        errors = errorPipe.fileHandleForReading.textLines
        process.executableURL = URL(filePath: try Self.path(of: program))
        process.arguments = arguments
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { _, new in new }
        process.standardInput = try input.map { try FileHandle(forReadingFrom: $0) } ?? .nullDevice
        process.standardOutput = outputPipe
        process.standardError = errorPipe
        process.terminationHandler = { [weak self] in self?.ended($0.terminationStatus) }
        try Self.withAllSignals { try process.run() }
    }

    deinit {
        send(SIGKILL)
    }

    /// Runs a program to its end.
    ///
    /// - Throws: When there is no such program, or it cannot be started.
    public static func run(
        _ program: String, _ arguments: [String] = [], environment: [String: String] = [:], input: URL? = nil
    ) async throws -> Outcome {
        let child = try ChildProcess(program, arguments, environment: environment, input: input)
        async let errors = child.errors.collected()
        let output = await child.output.collected()
        return Outcome(status: await child.wait(), output: output, errors: await errors)
    }

    /// Its process id.
    public var processIdentifier: Int32 { process.processIdentifier }

    /// Whether it has not ended yet.
    public var isRunning: Bool { ending.withLock { $0.status == nil } }

    /// Sends it a signal, unless it has ended.
    public func send(_ signal: Int32) {
        ending.withLock { ending in
            if ending.status == nil, process.isRunning { _ = kill(process.processIdentifier, signal) }
        }
    }

    /// Waits for its end.
    ///
    /// - Returns: Exit status, or the number of the signal that ended it.
    @discardableResult
    public func wait() async -> Int32 {
        await withCheckedContinuation { continuation in
            let status = ending.withLock { ending in
                if ending.status == nil { ending.waiters.append(continuation) }
                return ending.status
            }
            if let status { continuation.resume(returning: status) }
        }
    }

    private func ended(_ status: Int32) {
        let waiters = ending.withLock { ending in
            ending.status = status
            return exchange(&ending.waiters, with: [])
        }
        for waiter in waiters { waiter.resume(returning: status) }
    }

    /// Does something with no signal blocked: a program inherits what the thread that starts it blocks, and those of
    /// the pool block the ones that end programs.
    private static func withAllSignals(_ body: () throws -> Void) rethrows {
        var (none, before) = (sigset_t(), sigset_t())
        unsafe sigemptyset(&none)
        unsafe pthread_sigmask(SIG_SETMASK, &none, &before)
        defer { unsafe pthread_sigmask(SIG_SETMASK, &before, nil) }
        try body()
    }

    private static func path(of program: String) throws -> String {
        guard !program.contains("/") else { return program }
        let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").map(String.init)
        let paths = (folders + ["/usr/sbin", "/usr/local/sbin", "/sbin"]).map { "\($0)/\(program)" }
        guard let path = paths.first(where: FileManager.default.isExecutableFile) else {
            throw CocoaError(.fileNoSuchFile, userInfo: [NSFilePathErrorKey: program])
        }
        return path
    }
}

public import Foundation
import Synchronization

/// A program that a test runs. Its lines can be awaited. It is killed when its object is released.
///
/// ## Concurrency model
/// The `Process` is configured in `init` and only signalled afterwards. Its exit status is in a mutex.
public final class ChildProcess: Sendable {
    /// The exit status of a program, with all its output.
    public struct Outcome: Sendable {
        /// Exit status, or the number of the signal that ended it.
        public let status: Int32
        /// Lines of standard output.
        public let output: [String]
        /// Lines of standard error.
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
    ///   - arguments: Its arguments.
    ///   - environment: Variables that are added to those of this process.
    ///   - input: A file for its standard input; nil for an empty input.
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

    /// Sends it a signal, unless it has ended.
    public func send(_ signal: Int32) {
        ending.withLock { ending in
            if ending.status == nil, process.isRunning { _ = kill(process.processIdentifier, signal) }
        }
    }

    /// Waits until it has ended.
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

    /// Runs a body with no signal blocked. A program inherits the blocked signals of the thread that starts it, and the
    /// threads of the pool block those that end programs.
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

extension ChildProcess {
    /// Waits for a line of standard output. Lines before it are discarded.
    ///
    /// - Returns: The line; nil when the output ends without it.
    public func outputLine(where isWanted: (String) -> Bool) async -> String? {
        for await line in output where isWanted(line) { return line }
        return nil
    }

    /// Waits for a line of standard error. Lines before it are discarded.
    ///
    /// - Returns: The line; nil when the output ends without it.
    public func errorLine(where isWanted: (String) -> Bool) async -> String? {
        for await line in errors where isWanted(line) { return line }
        return nil
    }
}

extension AsyncStream<String> {
    /// The remaining lines.
    func collected() async -> [String] {
        var lines: [String] = []
        for await line in self { lines.append(line) }
        return lines
    }
}

extension FileHandle {
    /// The lines, without their line feeds, until all writers have closed the pipe.
    ///
    /// A thread of its own reads them, because the handlers of `FileHandle` can miss the end.
    var textLines: AsyncStream<String> {
        let (stream, continuation) = AsyncStream.makeStream(of: String.self)
        Thread.detachNewThread {
            var rest = Data()
            while case let data = self.availableData, !data.isEmpty {
                rest.append(data)
                var parts = rest.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
                rest = Data(parts.removeLast())
                for part in parts { continuation.yield(String(decoding: part, as: UTF8.self)) }
            }
            if !rest.isEmpty { continuation.yield(String(decoding: rest, as: UTF8.self)) }
            continuation.finish()
            // A `Process` is not always released, and a run of all tests would hold a thousand pipes open.
            try? self.close()
        }
        return stream
    }
}

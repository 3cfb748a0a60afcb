public import Foundation
import Household
public import Logging
public import ServiceLifecycle
import Synchronization

/// Imports files that came over HTTP, one after the other, and reports their progress.
///
/// ## Concurrency model
/// It is called from any thread. All state is in one mutex. ``run()`` alone imports.
public final class ImportJobs: Service, CustomStringConvertible {
    private struct State {
        /// The newest imports, in the order in which they came.
        var jobs: [ImportJobView] = []
        /// Number of files that are being received, that wait or that are being read.
        var active = 0
        var lastReport: ContinuousClock.Instant?
    }

    private struct Job: Sendable {
        var id: String
        var request: ImportRequest
        var file: TemporaryFile
    }

    public var description: String { "ImportJobs" }

    private let importer: any FileImporter
    private let folder: URL
    private let feed: EventFeed
    private let logger: Logger
    private let state = Mutex(State())
    private let (queue, waiting) = AsyncStream<Job>.makeStream()

    /// - Parameters:
    ///   - importer: Reads the files.
    ///   - folder: On whose disk files wait.
    ///   - feed: Told of progress.
    ///   - logger: The logger.
    public init(importer: any FileImporter, folder: URL, feed: EventFeed, logger: Logger) {
        self.importer = importer
        self.folder = folder
        self.feed = feed
        self.logger = logger
    }

    /// Imports files until the daemon stops. A file that is being read then is left where it is.
    public func run() async throws {
        for await job in queue.cancelOnGracefulShutdown() {
            await process(job)
            state.withLock { $0.active -= 1 }
        }
    }

    /// The newest imports, in the order in which they came.
    var views: [ImportJobView] { state.withLock { $0.jobs } }

    /// The import with an id.
    ///
    /// - Throws: ``HouseholdError`` `not_found`.
    func view(_ id: String) throws(HouseholdError) -> ImportJobView {
        guard let view = views.first(where: { $0.id == id }) else {
            throw HouseholdError(
                .notFound, "There is no import \(id.prefix(80)): the newest \(HTTPLimits.rememberedImports) are known")
        }
        return view
    }

    /// Receives a file and has it imported after those that wait.
    ///
    /// - Parameters:
    ///   - request: What is in it.
    ///   - receive: Writes it.
    /// - Returns: The import.
    /// - Throws: ``HouseholdError`` `rate_limited` when others wait; what `receive` throws. No trace is left then.
    func accept(_ request: ImportRequest, receive: (TemporaryFile) async throws -> Int) async throws -> ImportJobView {
        let hasRoom = state.withLock { state in
            guard state.active < HTTPLimits.imports else { return false }
            state.active += 1
            return true
        }
        guard hasRoom else {
            throw HouseholdError(.rateLimited, "\(HTTPLimits.imports) files are being imported; try again in a moment")
        }
        do {
            let file = try TemporaryFile(in: folder)
            let bytes = try await receive(file)
            let view = ImportJobView(request, bytes: bytes, at: Date())
            state.withLock { state in
                state.jobs.append(view)
                state.jobs.removeFirst(max(0, state.jobs.count - HTTPLimits.rememberedImports))
            }
            waiting.yield(Job(id: view.id, request: request, file: file))
            feed.publish(view.announcement)
            return view
        } catch {
            state.withLock { $0.active -= 1 }
            throw error
        }
    }

    private func process(_ job: Job) async {
        update(job.id) { $0.state = .running }
        do {
            let counts = try await cancelWhenGracefulShutdown { [importer] in
                try await importer.run(job.request, path: job.file.path) { counts in
                    self.update(job.id, isProgress: true) { $0.update(counts) }
                }
            }
            update(job.id) { view in
                view.update(counts)
                view.state = .done
                view.finishedAt = Date()
            }
        } catch {
            let message = message(for: error)
            update(job.id) { view in
                view.state = .failed
                view.message = message
                view.finishedAt = Date()
            }
        }
    }

    private func message(for error: any Error) -> String {
        if error is CancellationError {
            return "Haunt was stopped; import the file again, nothing is added twice"
        }
        return HouseholdError(answering: error, requestID: "import") { logger.error("An import failed: \($0)") }.message
    }

    /// Changes an import and reports it. Progress is reported at most twice a second.
    private func update(_ id: String, isProgress: Bool = false, _ change: (inout ImportJobView) -> Void) {
        let news = state.withLock { state -> ImportJobView? in
            guard let place = state.jobs.firstIndex(where: { $0.id == id }) else { return nil }
            change(&state.jobs[place])
            let now = ContinuousClock.now
            if isProgress, let last = state.lastReport, now - last < HTTPLimits.progressInterval { return nil }
            state.lastReport = now
            return state.jobs[place]
        }
        if let news { feed.publish(news.announcement) }
    }
}

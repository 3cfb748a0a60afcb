import Exchange
import Foundation
import Household

/// Parses a file and stores its rows in batches: the one way in which commands and the daemon read files.
struct FileImport<Row: Equatable & Sendable & ImportedRow> {
    /// What was stored so far.
    private(set) var counts = ImportView()
    /// Number of rows that are no music.
    private(set) var notMusic = 0
    /// Number of rows that could not be read.
    private(set) var unreadable = 0
    /// The first problems.
    private(set) var problems: [ImportProblem] = []
    /// Bytes read, unpacked.
    private(set) var bytesRead = 0

    private let began = Date()
    private let mostProblems: Int
    private let store: ([Row]) async throws -> ImportView
    private var parser: FileParser<Row>
    private var waiting: [Row] = []

    /// - Parameters:
    ///   - parser: Reads the format.
    ///   - mostProblems: Most problems that are kept.
    ///   - store: Stores a batch.
    init(
        _ parser: FileParser<Row>, mostProblems: Int = .max, store: @escaping ([Row]) async throws -> ImportView
    ) {
        self.parser = parser
        self.mostProblems = mostProblems
        self.store = store
    }

    /// Imports the whole file.
    ///
    /// - Parameters:
    ///   - file: The file.
    ///   - progress: Called after each batch.
    /// - Throws: ``Failure`` when the file cannot be read; what storing throws; `CancellationError`.
    mutating func run(_ file: InputFile, progress: (Self) -> Void) async throws {
        // A parser that is moved out changes its buffer in place.
        var parser = parser
        try await file.forEachChunk { chunk in
            bytesRead += chunk.count
            parser.parse(chunk) { add($0) }
            try await flush(all: false, progress)
        }
        parser.finish { add($0) }
        try await flush(all: true, progress)
    }

    private mutating func add(_ item: ImportedItem<Row>) {
        switch item {
        case .row(let row, let line):
            if let problem = row.problem(at: began) {
                add(ImportProblem(line: line, problem))
            } else {
                waiting.append(row)
            }
        case .notMusic: notMusic += 1
        case .problem(let problem): add(problem)
        }
    }

    private mutating func add(_ problem: ImportProblem) {
        if !problem.keepsRow { unreadable += 1 }
        if problems.count < mostProblems { problems.append(problem) }
    }

    /// Stores the full batches, at the end of the file also the last one.
    private mutating func flush(all: Bool, _ progress: (Self) -> Void) async throws {
        let size = ControlLimits.batchRows
        var stored = 0
        defer { waiting.removeFirst(stored) }
        while waiting.count - stored >= size || (all && waiting.count > stored) {
            try Task.checkCancellation()
            let batch = Array(waiting[stored...].prefix(size))
            let view = try await store(batch)
            stored += batch.count
            counts.added += view.added
            counts.known += view.known
            counts.removed += view.removed
            progress(self)
        }
        try Task.checkCancellation()
    }
}

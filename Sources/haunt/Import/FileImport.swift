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
    /// Stores a batch. The flag says whether more of the file follows.
    typealias Store = ([Row], _ hasMore: Bool) async throws -> ImportView

    /// Most rows that wait for the end of the file. Further ones are decided at once.
    private static var mostUndecided: Int { 100_000 }

    private let store: Store
    private var parser: FileParser<Row>
    private var waiting: [Row] = []
    /// Rows that only the end of the file decides.
    private var undecided: [Row] = []

    /// - Parameters:
    ///   - parser: Reads the format.
    ///   - mostProblems: Most problems that are kept.
    ///   - store: Stores a batch.
    init(_ parser: FileParser<Row>, mostProblems: Int = .max, store: @escaping Store) {
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
            try await flush(all: false, hasMore: true, progress)
        }
        parser.finish { add($0) }
        try await flush(all: true, hasMore: true, progress)
        waiting = undecided
        try await flush(all: true, hasMore: false, progress)
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
    private mutating func flush(all: Bool, hasMore: Bool, _ progress: (Self) -> Void) async throws {
        let size = ControlLimits.batchRows
        var stored = 0
        defer { waiting.removeFirst(stored) }
        while waiting.count - stored >= size || (all && waiting.count > stored) {
            try Task.checkCancellation()
            let batch = Array(waiting[stored...].prefix(size))
            let view = try await store(batch, hasMore && undecided.count < Self.mostUndecided)
            stored += batch.count
            undecided += view.undecided.map { batch[$0] }
            counts.added += view.added
            counts.known += view.known
            counts.removed += view.removed
            progress(self)
        }
        try Task.checkCancellation()
    }
}

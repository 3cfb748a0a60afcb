import Exchange
import Foundation
import Household
import Wire

/// Hands the rows of a file to the house in batches, shows how far it is, and says at the end what could not be read.
struct Importer<Row: Equatable & Sendable> {
    /// What became of a file, for `--json`.
    private struct Report: Encodable {
        var added: Int
        var known: Int
        var notMusic: Int
        var problems: [Problem]
    }

    private struct Problem: Encodable {
        var line: Int
        var message: String
    }

    private let file: String
    private let isQuiet: Bool
    private let store: ([Row]) async throws -> ImportView
    private var waiting: [Row] = []
    private var counts = ImportView()
    private var notMusic = 0
    private var problems: [ImportProblem] = []

    init(file: String, isQuiet: Bool, store: @escaping ([Row]) async throws -> ImportView) {
        self.file = file
        self.isQuiet = isQuiet || isatty(STDERR_FILENO) == 0
        self.store = store
    }

    /// Takes what a parser found.
    mutating func take(_ item: ImportedItem<Row>) {
        switch item {
        case .row(let row, _): waiting.append(row)
        case .notMusic: notMusic += 1
        case .problem(let problem): problems.append(problem)
        }
    }

    /// Stores the batches that are full; the rest, too, at the end of the file.
    mutating func flush(all: Bool) async throws {
        let size = ControlLimits.batchRows
        while waiting.count >= size || (all && !waiting.isEmpty) {
            let view = try await store(Array(waiting.prefix(size)))
            waiting.removeFirst(min(size, waiting.count))
            counts.added += view.added
            counts.known += view.known
            if !isQuiet { say("\r\(file): \(counts.added) new, \(counts.known) known") }
        }
    }

    /// Says what became of the file.
    ///
    /// - Throws: ``Failure`` with code 65 when lines could not be read; all others are in the store.
    func end(isJSON: Bool) throws {
        if !isQuiet { say("\r\u{1B}[K") }
        if isJSON {
            let problems = problems.map { Problem(line: $0.line, message: $0.message) }
            let report = Report(added: counts.added, known: counts.known, notMusic: notMusic, problems: problems)
            print(String(decoding: try WireJSON.encode(report), as: UTF8.self))
        } else {
            for problem in problems { say("\(file): \(problem)\n") }
            let podcasts = notMusic == 0 ? "" : ", \(notMusic) are no music"
            print("\(file): \(counts.added) are new, \(counts.known) were there already\(podcasts)")
        }
        let unread = problems.filter { !$0.keepsRow }.count
        guard unread > 0 else { return }
        throw Failure(code: .dataError, message: "\(file): \(unread) lines could not be read; the rest is imported")
    }

    private func say(_ text: String) { FileHandle.standardError.write(Data(text.utf8)) }
}

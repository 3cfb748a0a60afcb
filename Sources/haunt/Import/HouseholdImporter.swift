import Exchange
import Foundation
import HTTPAPI
import Household

/// Imports files that came over HTTP into the household of this process.
struct HouseholdImporter: FileImporter {
    /// Most bytes of a file, unpacked.
    private static let unpackedBytes = 4 << 30
    /// Most bytes that a byte of a packed file may become. Real exports are packed to a tenth or a thirtieth.
    private static let mostPacked = 100
    /// Most bytes of a small file, unpacked.
    private static let smallUnpackedBytes = 64 << 20
    /// Most problems that are kept of a file.
    private static let problems = 100

    let household: Household

    func run(
        _ request: ImportRequest, path: String, progress: @escaping @Sendable (ImportCounts) -> Void
    ) async throws -> ImportCounts {
        let size = try FileHandle(forReadingAtPath: path)?.seekToEnd() ?? 0
        let name = request.name ?? "the file"
        let file = InputFile(path: path, name: name, maxBytes: Self.mostBytes(ofPacked: Int(size)))
        do {
            switch request.kind {
            case .listens: return try await listens(in: file, request, progress)
            case .catalog:
                return try await run(file, CatalogFileParser(), progress) { rows, hasMore in
                    try await household.perform(ImportCatalog(rows: rows, hasMore: hasMore))
                }
            }
        } catch let failure as Failure {
            throw HouseholdError(.invalid, failure.message)
        }
    }

    /// Most bytes that a file of a size may have, unpacked. So a small file cannot keep the daemon busy for minutes.
    static func mostBytes(ofPacked bytes: Int) -> Int {
        min(unpackedBytes, max(smallUnpackedBytes, mostPacked * bytes))
    }

    private func listens(
        in file: InputFile, _ request: ImportRequest, _ progress: @escaping @Sendable (ImportCounts) -> Void
    ) async throws -> ImportCounts {
        let id = UUID().uuidString
        do {
            let counts = try await run(file, ListenFileParser(), progress) { rows, _ in
                try await household.perform(
                    ImportListens(profile: request.profile, speaker: request.speaker, rows: rows, file: id))
            }
            _ = try await household.perform(RefreshTastes())
            return counts
        } catch let error as HouseholdError {
            // What was stored before belongs into the tastes.
            _ = try? await household.perform(RefreshTastes())
            throw error
        }
    }

    private func run<Row: Equatable & Sendable & ImportedRow>(
        _ file: InputFile, _ parser: FileParser<Row>, _ progress: (ImportCounts) -> Void,
        store: @escaping FileImport<Row>.Store
    ) async throws -> ImportCounts {
        var reading = FileImport(parser, mostProblems: Self.problems, store: store)
        try await reading.run(file) { progress(ImportCounts($0)) }
        return ImportCounts(reading)
    }
}

extension ImportCounts {
    fileprivate init(_ reading: FileImport<some Equatable & Sendable & ImportedRow>) {
        self.init()
        bytesRead = reading.bytesRead
        added = reading.counts.added
        known = reading.counts.known
        removed = reading.counts.removed
        notMusic = reading.notMusic
        unreadable = reading.unreadable
        problems = reading.problems.map { Problem(line: $0.line, message: $0.message) }
    }
}

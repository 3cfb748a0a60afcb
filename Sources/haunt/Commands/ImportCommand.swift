import ArgumentParser
import Exchange
import Foundation
import Household
import Wire

/// The command `haunt import …`.
struct ImportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Imports listens or a catalog from a file. Importing a file twice adds nothing.",
        subcommands: [Listens.self, Catalog.self])

    struct Listens: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Imports listens: CSV, or an export of Spotify, Last.fm or ListenBrainz; may be gzipped.")

        @Argument(help: "The file.", completion: .file()) var file: String
        @Option(help: "The profile that the listens belong to.") var profile: String?
        @Option(help: "The speaker of rows that name none.") var speaker: String?
        @Flag(help: "Imports listens that were removed from history, too.") var withRemoved = false
        @OptionGroup var options: StoreOptions

        func run() async throws {
            try await options.using { configuration in
                let household = try await HouseholdConnection.open(configuration, writes: true)
                let id = UUID().uuidString
                var importer = Importer(file, ListenFileParser(), isQuiet: options.isJSON) { rows, _ in
                    try await household.perform(
                        ImportListens(
                            profile: profile, speaker: speaker, rows: rows, file: id, withRemoved: withRemoved))
                }
                try await importer.run()
                _ = try await household.answer(RefreshTastes.self, .object([:]))
                try importer.report(options)
            }
        }
    }

    struct Catalog: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Imports tracks with their tags and audio features: CSV or JSON lines; may be gzipped.")

        @Argument(help: "The file.", completion: .file()) var file: String
        @OptionGroup var options: StoreOptions

        func run() async throws {
            try await options.using { configuration in
                let household = try await HouseholdConnection.open(configuration, writes: true)
                var importer = Importer(file, CatalogFileParser(), isQuiet: options.isJSON) { rows, hasMore in
                    try await household.perform(ImportCatalog(rows: rows, hasMore: hasMore))
                }
                try await importer.run()
                try importer.report(options)
            }
        }
    }
}

/// Shows the progress of an import, and reports what could not be read.
private struct Importer<Row: Equatable & Sendable & ImportedRow> {
    /// The result with `--json`.
    private struct Report: Encodable {
        var added: Int
        var known: Int
        var removed: Int
        var notMusic: Int
        var problems: [Problem]
    }

    private struct Problem: Encodable {
        var line: Int
        var message: String
    }

    private let file: String
    private let isQuiet: Bool
    private var reading: FileImport<Row>

    init(
        _ file: String, _ parser: FileParser<Row>, isQuiet: Bool, store: @escaping FileImport<Row>.Store
    ) {
        self.file = file
        self.isQuiet = isQuiet || !Terminal.isShown
        reading = FileImport(parser, store: store)
    }

    /// Imports the whole file.
    ///
    /// - Throws: ``Failure`` when the file cannot be read; what storing throws.
    mutating func run() async throws {
        let (file, isQuiet) = (file, isQuiet)
        try await reading.run(InputFile(path: file)) { reading in
            if !isQuiet { Terminal.write("\r\(file): \(reading.counts.added) new, \(reading.counts.known) known") }
        }
    }

    /// Prints the result.
    ///
    /// - Throws: ``Failure`` with code 65 when lines could not be read. All others are in the store.
    func report(_ options: StoreOptions) throws {
        if !isQuiet { Terminal.clearLine() }
        if !options.isJSON {
            for problem in reading.problems { Terminal.write("\(file): \(problem)\n") }
        }
        let counts = reading.counts
        let report = Report(
            added: counts.added, known: counts.known, removed: counts.removed, notMusic: reading.notMusic,
            problems: reading.problems.map { Problem(line: $0.line, message: $0.message) })
        try options.show(report) { report in
            let removed = report.removed == 0 ? "" : ", \(report.removed) stay removed"
            let podcasts = report.notMusic == 0 ? "" : ", \(report.notMusic) are no music"
            return "\(file): \(report.added) are new, \(report.known) were there already\(removed)\(podcasts)"
        }
        let unread = reading.unreadable
        guard unread > 0 else { return }
        throw Failure(code: .dataError, message: "\(file): \(unread) lines could not be read; the rest is imported")
    }
}

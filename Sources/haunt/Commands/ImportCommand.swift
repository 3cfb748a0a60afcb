import ArgumentParser
import Exchange
import Foundation
import Household
import Wire

/// The command `haunt import …`.
struct ImportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import", abstract: "Brings in listens, or a catalog, from a file; twice adds nothing.",
        subcommands: [Listens.self, Catalog.self])

    struct Listens: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Brings in listens: CSV, or an export of Spotify, Last.fm or ListenBrainz; may be gzipped.")

        @Argument(help: "The file.", completion: .file()) var file: String
        @Option(help: "Whose listens they are.") var profile: String?
        @Option(help: "Where they were heard, if the file does not say.") var speaker: String?
        @OptionGroup var options: StoreOptions

        func run() async throws {
            let door = try await HouseDoor.open(options.configuration(), writes: true)
            var importer = Importer<ImportedListen>(file: file, isQuiet: options.isJSON) { rows in
                try await door.perform(ImportListens(profile: profile, speaker: speaker, rows: rows))
            }
            var parser = ListenFileParser()
            try await InputFile(path: file).forEachChunk { chunk in
                parser.parse(chunk) { importer.take($0) }
                try await importer.flush(all: false)
            }
            parser.finish { importer.take($0) }
            try await importer.flush(all: true)
            _ = try await door.answer(RefreshTastes.self, .object([:]))
            try importer.end(isJSON: options.isJSON)
        }
    }

    struct Catalog: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Brings in tracks with their tags and audio features: CSV or JSON lines; may be gzipped.")

        @Argument(help: "The file.", completion: .file()) var file: String
        @OptionGroup var options: StoreOptions

        func run() async throws {
            let door = try await HouseDoor.open(options.configuration(), writes: true)
            var importer = Importer<ImportedTrack>(file: file, isQuiet: options.isJSON) { rows in
                try await door.perform(ImportCatalog(rows: rows))
            }
            var parser = CatalogFileParser()
            try await InputFile(path: file).forEachChunk { chunk in
                parser.parse(chunk) { importer.take($0) }
                try await importer.flush(all: false)
            }
            parser.finish { importer.take($0) }
            try await importer.flush(all: true)
            try importer.end(isJSON: options.isJSON)
        }
    }
}

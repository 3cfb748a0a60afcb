import Exchange
import Foundation
import Household
import Wire

/// Parses whole files in chunks of any size.
enum Files {
    static func listens(_ text: String, chunkBytes: Int = 1 << 20) -> [ImportedItem<ImportedListen>] {
        listens(Data(text.utf8), chunkBytes: chunkBytes)
    }

    static func listens(_ data: Data, chunkBytes: Int = 1 << 20) -> [ImportedItem<ImportedListen>] {
        var parser = ListenFileParser()
        var items: [ImportedItem<ImportedListen>] = []
        for start in stride(from: 0, to: data.count, by: chunkBytes) {
            parser.parse(data[start..<min(start + chunkBytes, data.count)]) { items.append($0) }
        }
        parser.finish { items.append($0) }
        return items
    }

    static func tracks(_ text: String) -> [ImportedItem<TrackDetails>] {
        var parser = CatalogFileParser()
        var items: [ImportedItem<TrackDetails>] = []
        parser.parse(Data(text.utf8)) { items.append($0) }
        parser.finish { items.append($0) }
        return items
    }

    static func problem<Row>(_ line: Int, _ message: String, keepsRow: Bool = false) -> ImportedItem<Row> {
        .problem(ImportProblem(line: line, message, keepsRow: keepsRow))
    }

    static func date(_ text: String) -> Date { RFC3339.date(from: text) ?? .distantPast }
}

import Exchange
import Foundation
import Household

/// The small catalog of well-known tracks that a new house begins with.
enum DemoCatalog {
    private static let file = "haunt_haunt.resources/demo-catalog.csv"

    /// Its tracks.
    ///
    /// - Throws: ``Failure`` when the program was installed without it.
    static func rows() throws -> [ImportedTrack] {
        guard let data = try? Data(contentsOf: Bundle.main.bundleURL.appending(path: file)) else {
            throw Failure(code: .noInput, message: "The demo catalog is missing beside the program: \(file)")
        }
        var rows: [ImportedTrack] = []
        let take = { (item: CatalogFileParser.Item) in
            if case .row(let row, _) = item { rows.append(row) }
        }
        var parser = CatalogFileParser()
        parser.parse(data, take)
        parser.finish(take)
        return rows
    }
}

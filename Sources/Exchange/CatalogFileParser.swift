public import Foundation
public import Household

/// Reads a catalog file, a chunk at a time: CSV with a header, or JSON objects with the same keys.
///
/// A row without a title is reported and left out. A value that is no number, or out of its range, is reported and left
/// out alone: the row counts without it.
public struct CatalogFileParser: Sendable {
    /// Handed out one by one, in the order of the file; a problem with a value comes before its row.
    public typealias Item = ImportedItem<ImportedTrack>

    private var reader = ImportRowReader<CatalogColumn>(headers: CatalogColumn.headers)

    /// Begins to read a file.
    public init() {}

    /// Takes in a chunk of the file.
    ///
    /// - Parameters:
    ///   - chunk: Any number of bytes, cut anywhere.
    ///   - body: Takes what the file says.
    /// - Throws: What the body throws.
    public mutating func parse(_ chunk: Data, _ body: (Item) throws -> Void) rethrows {
        try read(chunk, isLast: false, body)
    }

    /// Ends the file: what stands there without an end is read, or reported as cut off.
    ///
    /// - Parameter body: Takes what the file says.
    /// - Throws: What the body throws.
    public mutating func finish(_ body: (Item) throws -> Void) rethrows {
        try read(Data(), isLast: true, body)
    }

    private mutating func read(_ chunk: Data, isLast: Bool, _ body: (Item) throws -> Void) rethrows {
        try reader.read(chunk, isLast: isLast) { row in
            switch row {
            case .failure(let problem): try body(.problem(problem))
            case .success(let row):
                var track = CatalogRow(row)
                let result = track.track()
                for problem in track.problems { try body(.problem(problem)) }
                try body(result)
            }
        }
    }
}

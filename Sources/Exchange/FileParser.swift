public import Foundation

/// Reads a file chunk by chunk and reports its rows in the order of the file.
///
/// A row that cannot be read is reported with its line. Parsing continues after it.
///
///     var parser = ListenFileParser()
///     for chunk in chunks { parser.parse(chunk) { item in … } }
///     parser.finish { item in … }
public struct FileParser<Row: Equatable & Sendable>: Sendable {
    /// A row of the file, or a problem in it.
    public typealias Item = ImportedItem<Row>

    private var reader: any RowReader<Row>

    /// Creates a parser for one file.
    init(_ reader: some RowReader<Row>) { self.reader = reader }

    /// Reads a chunk that more of the file may follow.
    ///
    /// - Parameters:
    ///   - chunk: Any number of bytes, cut anywhere.
    ///   - body: Receives each item.
    /// - Throws: What the body throws.
    public mutating func parse(_ chunk: Data, _ body: (Item) throws -> Void) rethrows {
        try reader.read(chunk, isLast: false, body)
    }

    /// Ends the file. What has no end is read, or reported as cut off.
    ///
    /// - Parameter body: Receives the remaining items.
    /// - Throws: What the body throws.
    public mutating func finish(_ body: (Item) throws -> Void) rethrows {
        try reader.read(Data(), isLast: true, body)
    }
}

/// Reads the rows of a file whose columns it knows.
protocol RowReader<Row>: Sendable {
    associatedtype Row: Equatable & Sendable

    mutating func read(_ chunk: Data, isLast: Bool, _ body: (ImportedItem<Row>) throws -> Void) rethrows
}

/// One thing that a file says.
public enum ImportedItem<Row: Equatable & Sendable>: Equatable, Sendable {
    /// A row, and the line of the file it begins on, counted from 1.
    case row(Row, line: Int)
    /// Something that could not be read.
    case problem(ImportProblem)
    /// A row that is readable but is not music, such as a podcast, and its line.
    case notMusic(line: Int)
}

/// A part of a file that could not be read.
public struct ImportProblem: Error, Equatable, Sendable, CustomStringConvertible {
    /// The line of the file, counted from 1.
    public let line: Int
    /// What is wrong, for a person.
    public let message: String
    /// Whether the row is imported without the value that is wrong; if not, the whole row is left out.
    public let keepsRow: Bool

    /// Creates a problem.
    public init(line: Int, _ message: String, keepsRow: Bool = false) {
        self.line = line
        self.message = message
        self.keepsRow = keepsRow
    }

    /// The line and the message, as in `line 7: title is missing`.
    public var description: String { "line \(line): \(message)" }
}

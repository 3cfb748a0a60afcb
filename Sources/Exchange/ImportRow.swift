import Household

/// The columns of one kind of file, and the value that a row of them becomes.
protocol ImportColumn: RawRepresentable<Int>, CaseIterable, Hashable, Sendable {
    associatedtype Value: Equatable & Sendable

    /// The columns by their names in files. In JSON, names of nested objects are joined by dots: `artist.name`.
    static var names: [String: Self] { get }
    /// Name in messages.
    var name: String { get }

    /// Checks the columns that the header of a CSV file names.
    ///
    /// - Returns: What is missing, for a person; nil when nothing is.
    static func missing(from columns: Set<Self>) -> String?

    /// Recognises a CSV file that has no header by its first row.
    ///
    /// - Returns: The columns of the file; nil when the first row is a header.
    static func columns(ofFirstRow texts: [String]) -> [Self]?

    /// Converts a row.
    ///
    /// - Returns: The value; nil when the row is not music.
    /// - Throws: ``ImportProblem`` when the row must be left out.
    static func value(of row: inout ImportRow<Self>) throws(ImportProblem) -> Value?
}

/// One row of a file: its values by column.
struct ImportRow<Column: ImportColumn> {
    /// The line it begins on, counted from 1.
    let line: Int
    /// Problems with values that the row is imported without.
    private(set) var problems: [ImportProblem] = []
    private var fields: [ImportField?]

    private static var maxListItems: Int { 100 }

    init(line: Int) {
        self.line = line
        fields = Array(repeating: nil, count: Column.allCases.count)
    }

    /// The value of a column; the first value that is set is kept.
    subscript(_ column: Column) -> ImportField? {
        get { fields[column.rawValue] }
        set { if fields[column.rawValue] == nil { fields[column.rawValue] = newValue } }
    }

    /// A problem with the value of a column.
    func problem(_ column: Column, _ message: String) -> ImportProblem {
        ImportProblem(line: line, "\(column.name) \(message)")
    }

    /// Records a problem with a value that the row is imported without.
    mutating func note(_ problem: ImportProblem) {
        problems.append(ImportProblem(line: problem.line, problem.message, keepsRow: true))
    }

    /// Reads a text, trimmed of white space.
    ///
    /// - Returns: The text; nil when it is missing or blank.
    /// - Throws: ``ImportProblem`` when it is longer than ``Limits/textLength`` or not a text.
    func text(_ column: Column) throws(ImportProblem) -> String? {
        switch self[column] {
        case nil: return nil
        case .text(let text):
            guard text.utf8.count <= Limits.textLength || text.count <= Limits.textLength else {
                throw problem(column, "has more than \(Limits.textLength) characters")
            }
            let clean = text.cleaned
            return clean.isEmpty ? nil : clean
        case .number(let number): return Int(exactly: number).map(String.init) ?? "\(number)"
        case .bool, .list: throw problem(column, "must be a text")
        }
    }

    /// Reads a number; nil when it is missing.
    ///
    /// - Throws: ``ImportProblem`` when the value is not a number or out of range.
    func number(_ column: Column, in range: ClosedRange<Double>) throws(ImportProblem) -> Double? {
        guard let field = self[column], field != .text("") else { return nil }
        guard let number = field.number, range.contains(number) else {
            throw problem(column, "must be a number from \(range.lowerBound) to \(range.upperBound)")
        }
        return number
    }

    /// Reads a number; an invalid value is noted as a problem and read as nil.
    mutating func validNumber(_ column: Column, in range: ClosedRange<Double>) -> Double? {
        do { return try number(column, in: range) } catch { note(error) }
        return nil
    }

    /// Reads a boolean; nil when it is missing.
    ///
    /// - Throws: ``ImportProblem`` when the value is neither true nor false.
    func bool(_ column: Column) throws(ImportProblem) -> Bool? {
        guard let field = self[column], field != .text("") else { return nil }
        guard let bool = field.bool else { throw problem(column, "must be true or false") }
        return bool
    }

    /// Reads genres: a text or a list of texts, each of which may name several.
    ///
    /// - Returns: The first ``maxListItems`` genres that are neither blank nor too long.
    func genres(_ column: Column) -> [String] {
        let texts: [String] =
            switch self[column] {
            case .text(let text): [text]
            case .list(let texts): texts
            case nil, .number, .bool: []
            }
        return texts.lazy.flatMap { TrackDetails.genres(in: $0) }.map(\.cleaned).filter {
            !$0.isEmpty && $0.utf8.count <= Limits.textLength
        }
        .prefix(Self.maxListItems).map(\.self)
    }
}

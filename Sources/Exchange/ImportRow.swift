import Household
/// One row of a file: its values by column.
struct ImportRow<Column: ImportColumn> {
    /// Line it begins on.
    let line: Int
    private var fields: [ImportField?]

    init(line: Int) {
        self.line = line
        fields = Array(repeating: nil, count: Column.allCases.count)
    }

    /// A value; what a file has first under one of the column's names is kept.
    subscript(_ column: Column) -> ImportField? {
        get { fields[column.rawValue] }
        set { if fields[column.rawValue] == nil { fields[column.rawValue] = newValue } }
    }

    /// A problem with a value.
    func problem(_ column: Column, _ message: String, keepsRow: Bool = false) -> ImportProblem {
        ImportProblem(line: line, "\(column.name) \(message)", keepsRow: keepsRow)
    }

    /// A text without white space around it; nil when nothing is left.
    ///
    /// - Throws: ``ImportProblem`` when it is longer than any text may be.
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

    /// A number within a range; nil when there is none.
    ///
    /// - Throws: ``ImportProblem`` when it is none or out of range.
    func number(_ column: Column, in range: ClosedRange<Double>) throws(ImportProblem) -> Double? {
        guard let field = self[column], field != .text("") else { return nil }
        guard let number = field.number, range.contains(number) else {
            throw problem(column, "must be a number from \(range.lowerBound) to \(range.upperBound)")
        }
        return number
    }

    /// A boolean; nil when there is none.
    ///
    /// - Throws: ``ImportProblem`` when it is neither true nor false.
    func bool(_ column: Column) throws(ImportProblem) -> Bool? {
        guard let field = self[column], field != .text("") else { return nil }
        guard let bool = field.bool else { throw problem(column, "must be true or false") }
        return bool
    }

    /// A list of texts; in one text they are split by `|`.
    func list(_ column: Column) -> [String] {
        let items: [String] =
            switch self[column] {
            case .text(let text): text.split(separator: "|").map(String.init)
            case .list(let items): items
            case nil, .number, .bool: []
            }
        return items.lazy.map(\.cleaned).filter { !$0.isEmpty && $0.utf8.count <= Limits.textLength }
            .prefix(ImportLimits.tags).map(\.self)
    }
}

extension String {
    /// Without white space at the ends; a control character inside becomes a space.
    fileprivate var cleaned: String {
        guard let first = utf8.first, let last = utf8.last else { return self }
        let isDirty = first <= 0x20 || last <= 0x20 || utf8.contains { $0 < 0x20 || $0 == 0x7F }
        guard isDirty else { return self }
        let scalars = unicodeScalars.map { $0.value < 0x20 || $0.value == 0x7F ? " " : $0 }
        let start = scalars.firstIndex { $0 != " " } ?? scalars.endIndex
        let end = scalars.lastIndex { $0 != " " } ?? start
        var clean = String.UnicodeScalarView()
        if start < scalars.endIndex { clean.append(contentsOf: scalars[start...end]) }
        return String(clean)
    }
}

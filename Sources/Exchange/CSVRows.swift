import Foundation

/// Reads a CSV file as rows.
///
/// The header names the columns. Unknown columns are ignored.
struct CSVRows<Column: ImportColumn> {
    private var reader = CSVReader()
    /// The column of each field, nil for unknown ones; nil before the first line is read.
    private var columns: [Column?]?
    /// Whether reading has ended because the header is not known.
    private var isOver = false

    /// Adds a chunk.
    mutating func append(_ chunk: Data) {
        if !isOver { reader.append(chunk) }
    }

    /// Reads the next row.
    ///
    /// - Parameter isLast: Whether no chunk will follow.
    /// - Returns: The row or a problem; nil when it needs the next chunk, or at the end of the file.
    mutating func next(isLast: Bool) -> Result<ImportRow<Column>, ImportProblem>? {
        if columns == nil, !reader.detectDelimiter(isLast: isLast) { return nil }
        while !isOver, let event = reader.next(isLast: isLast) {
            switch event {
            case .problem(let problem): return .failure(problem)
            case .record(let line):
                if let columns { return row(line, columns) }
                if let row = readFirstLine(line) { return row }
            }
        }
        return nil
    }

    /// Reads the header, or the first row of a file without one.
    ///
    /// - Returns: The row or a problem; nil for a header that names enough columns.
    private mutating func readFirstLine(_ line: Int) -> Result<ImportRow<Column>, ImportProblem>? {
        let texts = reader.fields.map { reader.text($0) ?? "" }
        reader.fieldCount = texts.count
        if let columns = Column.columns(ofFirstRow: texts) {
            self.columns = columns
            return row(line, columns)
        }
        let columns = Self.columns(named: texts)
        if let missing = Column.missing(from: Set(columns.compactMap(\.self))) {
            isOver = true
            return .failure(ImportProblem(line: line, missing))
        }
        self.columns = columns
        return nil
    }

    private static func columns(named texts: [String]) -> [Column?] {
        let names = Dictionary(Column.names.map { ($0.key.lowercased(), $0.value) }) { first, _ in first }
        return texts.map { text in
            // One exporter writes the user's name into a header, as in `Date#ann`.
            let name = text.trimmingCharacters(in: .whitespaces).lowercased()
            return names[name] ?? names[String(name.prefix { $0 != "#" })]
        }
    }

    private func row(_ line: Int, _ columns: [Column?]) -> Result<ImportRow<Column>, ImportProblem> {
        var row = ImportRow<Column>(line: line)
        let fields = reader.fields
        // Not zip: for a generic column its type is looked up at run time, for every field of a file.
        for index in 0..<min(fields.count, columns.count) {
            let field = fields[index]
            guard let column = columns[index], !field.range.isEmpty else { continue }
            guard let text = reader.text(field) else { return .failure(row.problem(column, "is not UTF-8")) }
            row[column] = .text(text)
        }
        return .success(row)
    }
}

import Foundation

/// Reads CSV as rows, by the names in its first line.
struct CSVRows<Column: ImportColumn> {
    private var reader = CSVReader()
    private let headers: CSVHeaders<Column>
    private var columns: [Column?]?
    /// Without a header that is known, no row can be understood.
    private var isOver = false

    init(headers: CSVHeaders<Column>) { self.headers = headers }

    /// Takes in a chunk.
    mutating func append(_ chunk: Data) {
        // In a file of rows that are split by another mark, the first line has that and no comma.
        if columns == nil, let line = chunk.split(separator: UInt8(ascii: "\n")).first,
            !line.contains(UInt8(ascii: ","))
        {
            reader.delimiter = [UInt8(ascii: ";"), UInt8(ascii: "\t")].first { line.contains($0) } ?? reader.delimiter
        }
        reader.append(chunk)
    }

    /// Hands out the rows that are there.
    mutating func read(isLast: Bool, _ body: ImportRowReader<Column>.Body) rethrows {
        while !isOver, let event = reader.next(isLast: isLast) {
            switch event {
            case .problem(let problem): try body(.failure(problem))
            case .record(let line):
                guard let columns else {
                    try begin(line, body)
                    continue
                }
                try body(row(line, columns))
            }
        }
    }

    private mutating func begin(_ line: Int, _ body: ImportRowReader<Column>.Body) rethrows {
        let texts = reader.fields.map { reader.text($0) ?? "" }
        reader.fieldCount = texts.count
        if let columns = headers.withoutHeader(texts) {
            self.columns = columns
            return try body(row(line, columns))
        }
        let names = Dictionary(Column.names.map { ($0.key.lowercased(), $0.value) }) { first, _ in first }
        let columns = texts.map { text in
            // One exporter writes the owner's name into a header, as in `Date#owner`.
            let name = text.trimmingCharacters(in: .whitespaces).lowercased()
            return names[name] ?? names[String(name.prefix { $0 != "#" })]
        }
        if let missing = headers.missing(Set(columns.compactMap { $0?.rawValue })) {
            isOver = true
            return try body(.failure(ImportProblem(line: line, missing)))
        }
        self.columns = columns
    }

    private func row(_ line: Int, _ columns: [Column?]) -> Result<ImportRow<Column>, ImportProblem> {
        var row = ImportRow<Column>(line: line)
        for (field, column) in zip(reader.fields, columns) {
            guard let column, !field.range.isEmpty else { continue }
            guard let text = reader.text(field) else {
                return .failure(ImportProblem(line: line, "\(column.name) is not UTF-8"))
            }
            row[column] = .text(text)
        }
        return .success(row)
    }
}

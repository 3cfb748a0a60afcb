/// Rows of text in columns, for a terminal.
struct Table {
    private let header: [String]
    private let rows: [[String]]

    init(_ header: [String], _ rows: [[String]]) {
        self.header = header
        self.rows = rows
    }

    /// Header and rows.
    var text: String { ([line(header)] + rows.map(line)).joined(separator: "\n") }

    /// Rows alone.
    var body: String { rows.map(line).joined(separator: "\n") }

    private var widths: [Int] {
        header.indices.map { column in ([header] + rows).map { $0[column].count }.max() ?? 0 }
    }

    private func line(_ row: [String]) -> String {
        let cells = zip(row, widths).map { $0 + String(repeating: " ", count: $1 - $0.count) }
        let line = cells.joined(separator: "  ")
        return String(line.reversed().drop { $0 == " " }.reversed())
    }
}

import Foundation

/// Reads the rows of a file, a chunk at a time; its form is seen from its first bytes.
struct ImportRowReader<Column: ImportColumn> {
    /// Handed out one by one, in the order of the file.
    typealias Body = (Result<ImportRow<Column>, ImportProblem>) throws -> Void

    private enum Form {
        case unknown([UInt8])
        case csv(CSVRows<Column>)
        case json(JSONSplitter)
    }

    private var form = Form.unknown([])
    private let headers: CSVHeaders<Column>

    init(headers: CSVHeaders<Column>) { self.headers = headers }

    /// Takes in a chunk.
    mutating func read(_ chunk: Data, isLast: Bool, _ body: Body) rethrows {
        switch form {
        case .unknown(var bytes):
            bytes.append(contentsOf: chunk)
            form = .unknown([])
            try begin(bytes, isLast: isLast, body)
        case .csv(var rows):
            // The value leaves its case while it changes, so that its buffer is not copied.
            form = .unknown([])
            defer { form = .csv(rows) }
            rows.append(chunk)
            try rows.read(isLast: isLast, body)
        case .json(var splitter):
            form = .unknown([])
            defer { form = .json(splitter) }
            splitter.append(chunk)
            try Self.read(&splitter, isLast: isLast, body)
        }
    }

    private mutating func begin(_ bytes: [UInt8], isLast: Bool, _ body: Body) rethrows {
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        let start = bytes.starts(with: mark) ? mark.count : 0
        guard let first = bytes[start...].first(where: { $0 > 0x20 }), isLast || bytes.count > mark.count else {
            form = .unknown(bytes)
            if isLast { try body(.failure(ImportProblem(line: 1, "the file is empty"))) }
            return
        }
        let isJSON = first == UInt8(ascii: "{") || first == UInt8(ascii: "[")
        form = isJSON ? .json(JSONSplitter()) : .csv(CSVRows(headers: headers))
        try read(Data(bytes[start...]), isLast: isLast, body)
    }

    private static func read(_ splitter: inout JSONSplitter, isLast: Bool, _ body: Body) rethrows {
        while let event = splitter.next(isLast: isLast) {
            switch event {
            case .problem(let problem): try body(.failure(problem))
            case .row(let range, let line):
                guard let row = JSONRowParser<Column>.row(splitter.bytes[range], line: line) else {
                    try body(.failure(ImportProblem(line: line, "this is not JSON that can be read")))
                    continue
                }
                try body(.success(row))
            }
        }
    }
}

import Foundation

/// Reads the rows of a CSV or JSON file, a chunk at a time.
///
/// The first byte that is not blank decides the format.
struct ImportReader<Column: ImportColumn>: RowReader {
    private enum Format {
        case undetected([UInt8])
        case csv(CSVRows<Column>)
        case json(JSONRows<Column>)
    }

    private var format = Format.undetected([])

    /// Reads a chunk and reports its rows, each after the problems with its values.
    mutating func read(
        _ chunk: Data, isLast: Bool, _ body: (ImportedItem<Column.Value>) throws -> Void
    ) rethrows {
        // The associated value is moved out of the enum while it changes, so that its buffer is not copied.
        switch format {
        case .undetected(var bytes):
            format = .undetected([])
            let looked = max(0, bytes.count - Self.byteOrderMark.count)
            bytes.append(contentsOf: chunk)
            guard let rest = detectFormat(of: bytes, from: looked, isLast: isLast) else {
                if isLast { try body(.problem(ImportProblem(line: 1, "the file is empty"))) }
                return
            }
            try read(Data(rest), isLast: isLast, body)
        case .csv(var rows):
            format = .undetected([])
            defer { format = .csv(rows) }
            rows.append(chunk)
            while let row = rows.next(isLast: isLast) { try Self.report(row, body) }
        case .json(var rows):
            format = .undetected([])
            defer { format = .json(rows) }
            rows.append(chunk)
            while let row = rows.next(isLast: isLast) { try Self.report(row, body) }
        }
    }

    private static var byteOrderMark: [UInt8] { [0xEF, 0xBB, 0xBF] }

    /// Detects the format. A file that begins with more blanks than a row can have is CSV.
    ///
    /// - Parameters:
    ///   - bytes: The file so far.
    ///   - looked: The bytes before this index are known to be blank, apart from the mark.
    ///   - isLast: Whether no chunk will follow.
    /// - Returns: The file without its byte order mark; nil while too few bytes are there to decide the format.
    private mutating func detectFormat(
        of bytes: [UInt8], from looked: Int, isLast: Bool
    ) -> ArraySlice<UInt8>? {
        let mark = Self.byteOrderMark
        let start = bytes.starts(with: mark) ? mark.count : 0
        let first = bytes[max(start, looked)...].first { $0 > 0x20 }
        let isEnough = first != nil && bytes.count > mark.count || bytes.count > ImportLimits.rowBytes
        guard isEnough || isLast && first != nil else {
            format = .undetected(bytes)
            return nil
        }
        let isJSON = first == UInt8(ascii: "{") || first == UInt8(ascii: "[")
        format = isJSON ? .json(JSONRows()) : .csv(CSVRows())
        return bytes[start...]
    }

    private static func report(
        _ row: Result<ImportRow<Column>, ImportProblem>, _ body: (ImportedItem<Column.Value>) throws -> Void
    ) rethrows {
        switch row {
        case .failure(let problem): try body(.problem(problem))
        case .success(var row):
            let item = item(of: &row)
            for problem in row.problems { try body(.problem(problem)) }
            try body(item)
        }
    }

    private static func item(of row: inout ImportRow<Column>) -> ImportedItem<Column.Value> {
        do throws(ImportProblem) {
            return try Column.value(of: &row).map { .row($0, line: row.line) } ?? .notMusic(line: row.line)
        } catch {
            return .problem(error)
        }
    }
}

/// Bounds that the readers of both formats share.
enum ImportLimits {
    /// Largest row in bytes, which bounds the memory for a row without an end.
    static let rowBytes = 1 << 20
    /// Longest path of a column in JSON, in bytes. A longer one is that of no column.
    static let pathBytes = 100
    /// Longest track in milliseconds.
    static let trackMs = 86_400_000.0
}

/// The bytes of a file that are not read yet, with the line they begin on.
struct ImportBuffer {
    /// The unread bytes, which begin at ``position``, after those read since the last ``append(_:)``.
    private(set) var bytes: [UInt8] = []
    /// Index of the first unread byte.
    private(set) var position = 0
    /// Line of the first unread byte, counted from 1.
    private(set) var line = 1
    /// Number of all bytes that were added.
    private(set) var added = 0
    /// Number of bytes that were scanned and are scanned again, because no row was found in them.
    private(set) var scannedAgain = 0
    /// Number of unread bytes from which another scan is worth it.
    private var enough = 0

    private static let newline = UInt8(ascii: "\n")

    /// Number of unread bytes.
    var count: Int { bytes.count - position }
    /// The first unread byte.
    var first: UInt8? { position < bytes.count ? bytes[position] : nil }

    /// Whether there are bytes enough since a row had no end.
    var isWorthScanning: Bool { count >= enough }

    /// Adds a chunk; indices of ``bytes`` become invalid.
    mutating func append(_ chunk: some Sequence<UInt8>) {
        bytes.removeFirst(position)
        position = 0
        let before = bytes.count
        bytes.append(contentsOf: chunk)
        added += bytes.count - before
    }

    /// Notes that the row has no end yet. It is scanned again when twice as many bytes are there, so that small chunks
    /// cost no more than large ones.
    mutating func waitForMore() {
        enough = min(2 * count, ImportLimits.rowBytes + 1)
        scanAgain(count)
    }

    /// Notes that so many bytes were scanned in vain.
    mutating func scanAgain(_ count: Int) { scannedAgain += count }

    /// Moves to an index, past so many newlines.
    mutating func advance(to end: Int, newlines: Int = 0) {
        position = end
        line += newlines
        enough = 0
    }

    /// Moves past one byte.
    mutating func advance() { advance(to: position + 1, newlines: bytes[position] == Self.newline ? 1 : 0) }

    /// Moves to the beginning of the next line, or to the end of the bytes when the line has no end yet.
    ///
    /// - Returns: Whether the line has an end.
    mutating func skipLine() -> Bool {
        guard let end = bytes[position...].firstIndex(of: Self.newline) else {
            advance(to: bytes.count)
            return false
        }
        advance(to: end + 1, newlines: 1)
        return true
    }

    /// A problem on the current line.
    func problem(_ message: String) -> ImportProblem { ImportProblem(line: line, message) }
}

/// Splits CSV (RFC 4180) into records, a chunk at a time.
///
/// Fields may be quoted and hold newlines. Lines end with LF or CRLF. Empty lines are skipped. In one thing the reader
/// is more lenient than the standard: a quote in a field that does not begin with one is an ordinary character.
struct CSVReader {
    /// A field of the current record.
    struct Field {
        /// The bytes of the field without its quotes.
        var range: Range<Int>
        /// Whether the field has quotes in it, which are doubled.
        var hasDoubledQuotes = false
    }

    enum Event {
        /// A record that begins on this line. Its fields are in ``fields``.
        case record(line: Int)
        /// Bytes that are not a record. Reading continues on the next line.
        case problem(ImportProblem)
    }

    /// The byte between fields.
    private var delimiter = UInt8(ascii: ",")
    private var hasDetectedDelimiter = false
    /// Number of fields that a record must have; nil accepts any.
    var fieldCount: Int?
    /// The fields of the current record, valid until the next call of ``append(_:)`` or ``next(isLast:)``.
    private(set) var fields: [Field] = []
    private(set) var buffer = ImportBuffer()
    /// Whether the rest of the line is to be discarded.
    private var isSkipping = false

    private static let maxFields = 1_000
    private static let quote = UInt8(ascii: "\"")
    private static let newline = UInt8(ascii: "\n")
    private static let carriageReturn = UInt8(ascii: "\r")

    /// Adds a chunk.
    mutating func append(_ chunk: some Sequence<UInt8>) { buffer.append(chunk) }

    /// Detects the delimiter: where the first line has no comma, it is a semicolon or a tab. Later lines have no say.
    ///
    /// - Returns: Whether it is known, because the first line is complete.
    mutating func detectDelimiter(isLast: Bool) -> Bool {
        guard !hasDetectedDelimiter else { return true }
        while startsWithEmptyLine { _ = buffer.skipLine() }
        guard isLast || buffer.isWorthScanning else { return false }
        let unread = buffer.bytes[buffer.position...]
        let end = unread.firstIndex(of: Self.newline)
        guard end != nil || isLast || unread.count > ImportLimits.rowBytes else {
            buffer.waitForMore()
            return false
        }
        let line = unread[..<(end ?? unread.endIndex)]
        delimiter = [",", ";", "\t"].map { UInt8(ascii: $0) }.first(where: line.contains) ?? delimiter
        hasDetectedDelimiter = true
        return true
    }

    /// Reads the next record.
    ///
    /// - Parameter isLast: Whether no chunk will follow.
    /// - Returns: The record or a problem; nil when it needs the next chunk, or at the end of the file.
    mutating func next(isLast: Bool) -> Event? {
        while buffer.count > 0, isLast || buffer.isWorthScanning {
            if isSkipping || startsWithEmptyLine {
                isSkipping = !buffer.skipLine()
                continue
            }
            switch scan(isLast: isLast) {
            case .record(let end, _) where fieldCount.map { $0 != fields.count } == true:
                // A stray quote can enclose lines that are in order. Reading continues after the first of them.
                buffer.scanAgain(end - buffer.position)
                return problem("the number of fields is \(fields.count), and \(fieldCount ?? 0) in the first line")
            case .record(let end, let newlines):
                defer { buffer.advance(to: end, newlines: newlines) }
                return .record(line: buffer.line)
            case .incomplete where !isLast && buffer.count <= ImportLimits.rowBytes:
                buffer.waitForMore()
                return nil
            case .incomplete:
                buffer.scanAgain(buffer.count)
                return problem("a quote is opened and never closed, or the row is longer than a row can be")
            case .malformed(let message, let end):
                buffer.scanAgain(end - buffer.position)
                return problem(message)
            }
        }
        return nil
    }

    /// The text of a field of the current record; nil when it is not UTF-8.
    func text(_ field: Field) -> String? {
        let slice = buffer.bytes[field.range]
        guard field.hasDoubledQuotes else { return String(validating: slice, as: UTF8.self) }
        var unescaped: [UInt8] = []
        var isSecond = false
        for byte in slice {
            isSecond = byte == Self.quote && !isSecond
            if byte != Self.quote || isSecond { unescaped.append(byte) }
        }
        return String(validating: unescaped, as: UTF8.self)
    }

    private var startsWithEmptyLine: Bool {
        switch buffer.first {
        case Self.newline: true
        case Self.carriageReturn: buffer.count > 1 && buffer.bytes[buffer.position + 1] == Self.newline
        default: false
        }
    }

    /// Whether a quoted field may hold newlines. In a file in which quotes enclose other lines again and again it may
    /// not, because each of these lines would be scanned many times.
    private var mayHoldNewlines: Bool { buffer.scannedAgain <= 4 * (buffer.added + ImportLimits.rowBytes) }

    private mutating func problem(_ message: String) -> Event {
        isSkipping = true
        return .problem(buffer.problem(message))
    }
}

extension CSVReader {
    private enum Scan {
        case record(end: Int, newlines: Int)
        case incomplete
        case malformed(String, end: Int)
    }

    /// Finds the fields of the record at the beginning of the buffer.
    private mutating func scan(isLast: Bool) -> Scan {
        let bytes = buffer.bytes
        let count = bytes.count
        var index = buffer.position
        var newlines = 0
        let mayHoldNewlines = mayHoldNewlines
        fields.removeAll(keepingCapacity: true)
        while true {
            guard fields.count < Self.maxFields else { return .malformed("there are too many columns", end: index) }
            if index < count, bytes[index] == Self.quote {
                let lines = newlines
                guard let end = quotedField(in: bytes, from: index + 1, isLast: isLast, newlines: &newlines) else {
                    return .incomplete
                }
                index = end
                guard mayHoldNewlines || newlines == lines else {
                    return .malformed("a quoted field has a newline, after many that were never closed", end: index)
                }
            } else {
                index = plainField(in: bytes, from: index)
            }
            if index < count, bytes[index] == Self.carriageReturn { index += 1 }
            guard index < count else { return isLast ? .record(end: index, newlines: newlines) : .incomplete }
            if bytes[index] == Self.newline { return .record(end: index + 1, newlines: newlines + 1) }
            guard bytes[index] == delimiter else {
                return .malformed("a quoted field goes on after its closing quote", end: index)
            }
            index += 1
        }
    }

    /// Adds a field that does not begin with a quote.
    ///
    /// - Returns: Where it ends.
    private mutating func plainField(in bytes: [UInt8], from start: Int) -> Int {
        var index = start
        while index < bytes.count, bytes[index] != delimiter, bytes[index] != Self.newline { index += 1 }
        let endsLine = index == bytes.count || bytes[index] == Self.newline
        let isTrimmed = endsLine && index > start && bytes[index - 1] == Self.carriageReturn
        fields.append(Field(range: start..<(isTrimmed ? index - 1 : index)))
        return index
    }

    /// Adds a field that begins after a quote.
    ///
    /// - Returns: The index after its closing quote, or that of a newline that it may not hold; nil when the bytes end
    ///   before.
    private mutating func quotedField(
        in bytes: [UInt8], from start: Int, isLast: Bool, newlines: inout Int
    ) -> Int? {
        var index = start
        var hasDoubledQuotes = false
        while index < bytes.count {
            if bytes[index] == Self.newline {
                newlines += 1
                guard mayHoldNewlines else { return index }
            }
            guard bytes[index] == Self.quote else {
                index += 1
                continue
            }
            // The last byte of a chunk may be the first of two quotes.
            if index + 1 == bytes.count, !isLast { return nil }
            guard index + 1 < bytes.count, bytes[index + 1] == Self.quote else {
                fields.append(Field(range: start..<index, hasDoubledQuotes: hasDoubledQuotes))
                return index + 1
            }
            hasDoubledQuotes = true
            index += 2
        }
        return nil
    }
}

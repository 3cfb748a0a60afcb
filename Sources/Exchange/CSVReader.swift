/// Takes CSV (RFC 4180) apart, a chunk at a time: quotes, newlines in quotes, CRLF or LF.
///
/// More lenient than the standard in one thing: a quote inside a field that does not begin with one is a plain character.
struct CSVReader {
    /// A field of the record that was read last.
    struct Field {
        /// Where it stands in ``bytes``, without its quotes.
        var range: Range<Int>
        /// Whether quotes in it are doubled.
        var hasDoubledQuotes = false
    }

    /// What came next.
    enum Event {
        /// A record that begins on this line; its fields are in ``fields``.
        case record(line: Int)
        /// Something that is no record; reading goes on at the next line.
        case problem(ImportProblem)
    }

    /// What stands between fields.
    var delimiter = UInt8(ascii: ",")
    /// How many fields a record must have; nil until that is known.
    var fieldCount: Int?
    /// The fields of the last record.
    private(set) var fields: [Field] = []
    /// What is read of the file and not done with.
    private(set) var bytes: [UInt8] = []
    private var position = 0
    private var line = 1
    private var isSkipping = false

    private static let quote = UInt8(ascii: "\"")
    private static let newline = UInt8(ascii: "\n")
    private static let carriageReturn = UInt8(ascii: "\r")

    /// Adds what was read of the file; the last record's fields are gone then.
    mutating func append(_ chunk: some Sequence<UInt8>) {
        bytes.removeFirst(position)
        position = 0
        bytes.append(contentsOf: chunk)
    }

    /// Reads the next record.
    ///
    /// - Parameter isLast: Whether nothing more will be added.
    /// - Returns: What came next; nil when more of the file is needed, or there is no more.
    mutating func next(isLast: Bool) -> Event? {
        while position < bytes.count {
            if isSkipping || bytes[position] == Self.newline || startsWithEmptyLine {
                guard skipLine(isLast: isLast) else { return nil }
                continue
            }
            switch scan(isLast: isLast) {
            case .record where fieldCount.map { $0 != fields.count } == true:
                // A stray quote can swallow lines that are in order, so reading goes on behind the first of them.
                return problem("the number of fields is \(fields.count), and \(fieldCount ?? 0) in the first line")
            case .record(let end, let newlines):
                defer { line += newlines }
                position = end
                return .record(line: line)
            case .needsMore where !isLast && bytes.count - position <= ImportLimits.rowBytes:
                return nil
            case .needsMore:
                return problem("a quote is opened and never closed, or the row is longer than a row can be")
            case .malformed(let message):
                return problem(message)
            }
        }
        return nil
    }

    /// The text of a field of the last record; nil when it is not UTF-8.
    func text(_ field: Field) -> String? {
        let slice = bytes[field.range]
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
        bytes[position] == Self.carriageReturn && position + 1 < bytes.count && bytes[position + 1] == Self.newline
    }

    private mutating func problem(_ message: String) -> Event {
        isSkipping = true
        return .problem(ImportProblem(line: line, message))
    }

    /// Goes to the beginning of the next line, if it is there yet.
    private mutating func skipLine(isLast: Bool) -> Bool {
        guard let end = bytes[position...].firstIndex(of: Self.newline) else {
            isSkipping = true
            position = bytes.count
            return isLast
        }
        position = end + 1
        line += 1
        isSkipping = false
        return true
    }
}

/// The scanner of one record.
extension CSVReader {
    private enum Scan {
        case record(end: Int, newlines: Int)
        case needsMore
        case malformed(String)
    }

    private mutating func scan(isLast: Bool) -> Scan {
        let bytes = bytes
        let count = bytes.count
        var index = position
        var newlines = 0
        fields.removeAll(keepingCapacity: true)
        while true {
            guard fields.count < ImportLimits.columns else { return .malformed("there are too many columns") }
            if index < count, bytes[index] == Self.quote {
                guard let end = quotedField(in: bytes, from: index + 1, isLast: isLast, newlines: &newlines) else {
                    return .needsMore
                }
                index = end
            } else {
                let start = index
                while index < count, bytes[index] != delimiter, bytes[index] != Self.newline { index += 1 }
                let isTrimmed =
                    index > start && bytes[index - 1] == Self.carriageReturn
                    && (index == count || bytes[index] == Self.newline)
                fields.append(Field(range: start..<(isTrimmed ? index - 1 : index)))
            }
            guard index < count else { return isLast ? .record(end: index, newlines: newlines) : .needsMore }
            if bytes[index] == Self.carriageReturn, index + 1 < count { index += 1 }
            if bytes[index] == Self.newline { return .record(end: index + 1, newlines: newlines + 1) }
            guard bytes[index] == delimiter else { return .malformed("a quoted field goes on after its closing quote") }
            index += 1
        }
    }

    /// Reads a quoted field up to and with its closing quote.
    ///
    /// - Returns: Where it ends; nil when that is not here.
    private mutating func quotedField(
        in bytes: [UInt8], from start: Int, isLast: Bool, newlines: inout Int
    ) -> Int? {
        var index = start
        var hasDoubledQuotes = false
        while index < bytes.count {
            if bytes[index] == Self.newline { newlines += 1 }
            guard bytes[index] == Self.quote else {
                index += 1
                continue
            }
            // The last byte here may be the first of two quotes.
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

import Foundation
import Wire

/// Reads a JSON file as rows.
///
/// Unknown keys are ignored.
struct JSONRows<Column: ImportColumn> {
    private var splitter = JSONSplitter()

    /// Adds a chunk.
    mutating func append(_ chunk: Data) { splitter.append(chunk) }

    /// Reads the next row.
    ///
    /// - Parameter isLast: Whether no chunk will follow.
    /// - Returns: The row or a problem; nil when it needs the next chunk, or at the end of the file.
    mutating func next(isLast: Bool) -> Result<ImportRow<Column>, ImportProblem>? {
        switch splitter.next(isLast: isLast) {
        case nil: return nil
        case .problem(let problem): return .failure(problem)
        case .row(let range, let line):
            guard let row = JSONRowParser<Column>.row(splitter.bytes[range], line: line) else {
                return .failure(ImportProblem(line: line, "this is not JSON that can be read"))
            }
            return .success(row)
        }
    }
}

/// Splits a JSON file into rows, a chunk at a time.
///
/// Rows are objects on lines of their own, or the items of a list. The list may be nested in objects:
/// `{"payload":{"listens":[{…},{…}]}}`.
struct JSONSplitter {
    enum Event {
        /// A row from brace to brace, and the line it begins on. The next ``append(_:)`` makes the range invalid.
        case row(Range<Int>, line: Int)
        /// Bytes that are not a row.
        case problem(ImportProblem)
    }

    private enum Container {
        case list(ofRows: Bool)
        case object
    }

    private(set) var buffer = ImportBuffer()
    /// The lists and objects that are open, the outermost first.
    private var containers: [Container] = []
    /// The last string, which may be the key of the next value.
    private var key: String?
    /// Whether a row was found that has a line of its own: then a row that is cut ends with its line.
    private var isLines = false
    /// Whether the rest of the line is to be discarded.
    private var isSkipping = false
    private var isOver = false

    /// The bytes that ranges of rows refer to.
    var bytes: [UInt8] { buffer.bytes }

    /// Adds a chunk.
    mutating func append(_ chunk: some Sequence<UInt8>) {
        if !isOver { buffer.append(chunk) }
    }

    /// Finds the next row.
    ///
    /// - Parameter isLast: Whether no chunk will follow.
    /// - Returns: The row or a problem; nil when it needs the next chunk, or at the end of the file.
    mutating func next(isLast: Bool) -> Event? {
        while !isOver, isLast || buffer.isWorthScanning, let byte = buffer.first {
            if isSkipping {
                isSkipping = !buffer.skipLine()
                continue
            }
            switch byte {
            case UInt8(ascii: "{"):
                let object = scanObject()
                if case .incomplete = object, mayWait(isLast) { return nil }
                if let event = read(object, isLast: isLast) { return event }
            case UInt8(ascii: "["):
                if let event = enter(.list(ofRows: startsListOfRows)) { return event }
            case UInt8(ascii: "]"), UInt8(ascii: "}"):
                guard containers.popLast() != nil else { return stop("there is a bracket too many") }
                buffer.advance()
            case UInt8(ascii: "\""):
                if readString() { continue }
                if mayWait(isLast) { return nil }
                return isLast ? stop("the file ends in the middle of a text") : skipLine("a text has no end")
            case let byte where Self.isPlain(byte):
                buffer.advance()
            default:
                return skipLine("this is not JSON")
            }
        }
        guard isLast, !isOver, !containers.isEmpty else { return nil }
        return stop("the file ends before its JSON does")
    }

    /// Whether a byte occurs between strings and brackets: white space, separators, numbers, `true`, `false`, `null`.
    private static func isPlain(_ byte: UInt8) -> Bool {
        " \t\r\n,:+-.0123456789Eaeflnrstu".utf8.contains(byte)
    }

    /// Whether what has no end may have one in a later chunk. It is waited for then.
    private mutating func mayWait(_ isLast: Bool) -> Bool {
        guard !isLast, buffer.count <= ImportLimits.rowBytes else { return false }
        buffer.waitForMore()
        return true
    }

    private var startsListOfRows: Bool {
        switch containers.last {
        case nil, .list: true
        case .object: key.map(JSONScanner.isListOfRows) == true
        }
    }

    /// Scans the object at the beginning of the buffer: only the top level and lists of rows contain rows.
    private func scanObject() -> JSONScanner.Object {
        switch containers.last {
        case .object, .list(ofRows: false): .wrapper
        case nil, .list(ofRows: true):
            JSONScanner.object(
                in: buffer.bytes, from: buffer.position, isTopLevel: containers.isEmpty, isLines: isLines)
        }
    }

    private mutating func read(_ object: JSONScanner.Object, isLast: Bool) -> Event? {
        switch object {
        case .wrapper: return enter(.object)
        case .row(let end, let newlines):
            defer { buffer.advance(to: end, newlines: newlines) }
            isLines = isLines || containers.isEmpty
            return .row(buffer.position..<end, line: buffer.line)
        case .cut:
            isLines = true
            return skipLine("the row ends in the middle")
        case .incomplete where isLast: return stop("the file ends in the middle of a row")
        case .incomplete: return skipLine("the row has more than \(ImportLimits.rowBytes) bytes")
        }
    }

    private mutating func enter(_ container: Container) -> Event? {
        guard containers.count < WireJSON.maxNesting else { return stop("the JSON is nested too deep") }
        containers.append(container)
        buffer.advance()
        return nil
    }

    private mutating func readString() -> Bool {
        guard let end = JSONScanner.endOfString(in: buffer.bytes, from: buffer.position) else { return false }
        key = JSONScanner.string(in: buffer.bytes, buffer.position..<end)
        buffer.advance(to: end)
        return true
    }

    /// Reports a problem and ends the file.
    private mutating func stop(_ message: String) -> Event {
        isOver = true
        return .problem(buffer.problem(message))
    }

    /// Reports a problem, and continues on the next line where rows have lines.
    ///
    /// Elsewhere the beginning of the next row cannot be found, and the file ends.
    private mutating func skipLine(_ message: String) -> Event {
        guard containers.isEmpty, isLines else { return stop(message) }
        isSkipping = true
        return .problem(buffer.problem(message))
    }
}

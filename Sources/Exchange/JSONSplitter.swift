import Wire
/// Finds the rows of a JSON file, a chunk at a time: objects on lines of their own, or the items of its lists.
///
/// It looks at brackets and texts alone; whether a row is JSON its parser says. Rows may lie in an object that wraps
/// them, under one of ``lists``.
struct JSONSplitter {
    /// What came next.
    enum Event {
        /// A row, from brace to brace, that begins on this line.
        case row(Range<Int>, line: Int)
        /// Something that is no row.
        case problem(ImportProblem)
    }

    private enum Container {
        case list(ofRows: Bool)
        case object
    }

    /// Keys of the lists that exports keep their rows in.
    private static let lists: Set = ["scrobbles", "track", "listens"]
    /// Keys of the objects around those lists.
    private static let wrappers: Set = ["recenttracks", "payload"]

    /// What is read of the file and not done with.
    private(set) var bytes: [UInt8] = []
    private var position = 0
    private var line = 1
    private var containers: [Container] = []
    private var key: String?
    /// Whether a row was found that is alone on its line: then a broken one ends with its line too.
    private var isLines = false
    private var isOver = false

    /// Adds what was read of the file; rows found before are gone then.
    mutating func append(_ chunk: some Sequence<UInt8>) {
        bytes.removeFirst(position)
        position = 0
        bytes.append(contentsOf: chunk)
    }

    /// Finds the next row.
    ///
    /// - Parameter isLast: Whether nothing more will be added.
    /// - Returns: What came next; nil when more of the file is needed, or there is no more.
    mutating func next(isLast: Bool) -> Event? {
        while !isOver, position < bytes.count {
            switch bytes[position] {
            case UInt8(ascii: "{"):
                if let event = open(isLast: isLast) { return event }
                if position < bytes.count, bytes[position] == UInt8(ascii: "{") { return nil }
            case UInt8(ascii: "["):
                let isInList = if case .list? = containers.last { true } else { false }
                let isRows = containers.isEmpty || isInList || key.map(Self.lists.contains) == true
                if let event = enter(.list(ofRows: isRows)) { return event }
            case UInt8(ascii: "]"), UInt8(ascii: "}"):
                guard containers.popLast() != nil else { return stop("there is a bracket too many") }
                position += 1
            case UInt8(ascii: "\""):
                guard readText() else { return isLast ? stop("the file ends in the middle of a text") : nil }
            case UInt8(ascii: "\n"):
                line += 1
                position += 1
            case let byte where Self.isPlain(byte):
                position += 1
            default:
                return broken("this is not JSON")
            }
        }
        guard isLast, !isOver, !containers.isEmpty else { return nil }
        return stop("the file ends before its JSON does")
    }

    /// Whether a byte can stand between texts and brackets: white space, separators, numbers, `true`, `false`, `null`.
    private static func isPlain(_ byte: UInt8) -> Bool {
        " \t\r,:+-.0123456789Eaeflnrstu".utf8.contains(byte)
    }

    private mutating func stop(_ message: String) -> Event {
        isOver = true
        position = bytes.count
        return .problem(ImportProblem(line: line, message))
    }

    /// Where rows have lines, the next line is a new start; elsewhere there is no telling where one would be.
    private mutating func broken(_ message: String) -> Event {
        guard containers.isEmpty, isLines, let end = bytes[position...].firstIndex(of: UInt8(ascii: "\n")) else {
            return stop(message)
        }
        defer {
            position = end + 1
            line += 1
        }
        return .problem(ImportProblem(line: line, message))
    }
}

/// Rows and texts.
extension JSONSplitter {
    /// What begins with a brace.
    private enum Row {
        case whole(end: Int, newlines: Int)
        case wrapper
        case needsMore
        case cut
    }

    /// Takes a row, or goes into the object that wraps them; does neither when more of the file is needed.
    private mutating func open(isLast: Bool) -> Event? {
        if let last = containers.last, case .object = last { return enter(.object) }
        if case .list(ofRows: false)? = containers.last { return enter(.object) }
        switch scanRow() {
        case .wrapper: return enter(.object)
        case .whole(let end, let newlines):
            defer {
                position = end
                line += newlines
                isLines = isLines || containers.isEmpty
            }
            return .row(position..<end, line: line)
        case .cut:
            isLines = true
            return broken("the row ends in the middle")
        case .needsMore where isLast: return stop("the file ends in the middle of a row")
        case .needsMore where bytes.count - position > ImportLimits.rowBytes:
            return broken("the row has more than \(ImportLimits.rowBytes) bytes")
        case .needsMore: return nil
        }
    }

    private mutating func enter(_ container: Container) -> Event? {
        guard containers.count < WireJSON.maxNesting else { return stop("the JSON is nested too deep") }
        containers.append(container)
        position += 1
        return nil
    }

    private func scanRow() -> Row {
        let bytes = bytes
        var (index, depth, newlines, key) = (position, 0, 0, "")
        while index < bytes.count {
            switch bytes[index] {
            case UInt8(ascii: "\""):
                guard let end = Self.endOfText(in: bytes, from: index + 1) else { return .needsMore }
                if depth == 1 { key = Self.text(in: bytes, index..<end) }
                index = end
                continue
            case UInt8(ascii: "{"):
                if depth == 1, Self.wrappers.contains(key) { return .wrapper }
                depth += 1
            case UInt8(ascii: "["):
                if depth == 1, Self.lists.contains(key) { return .wrapper }
                depth += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                depth -= 1
                if depth == 0 { return .whole(end: index + 1, newlines: newlines) }
            case UInt8(ascii: ","):
                if depth == 1 { key = "" }
            case UInt8(ascii: "\n"):
                // At the top, an object that begins a line is a row of its own.
                let startsRow = index + 1 < bytes.count && bytes[index + 1] == UInt8(ascii: "{")
                if containers.isEmpty, isLines || startsRow { return .cut }
                newlines += 1
            default: break
            }
            index += 1
        }
        return .needsMore
    }

    /// Skips a text and notes it: it may be the key of what comes.
    private mutating func readText() -> Bool {
        guard let end = Self.endOfText(in: bytes, from: position + 1) else { return false }
        key = Self.text(in: bytes, position..<end)
        position = end
        return true
    }

    /// A text without its quotes, escapes as they are: no key we look for has any.
    private static func text(in bytes: [UInt8], _ range: Range<Int>) -> String {
        String(decoding: bytes[range].dropFirst().dropLast(), as: UTF8.self)
    }

    /// Where a text ends: after its closing quote, or before a newline, which no text may hold.
    private static func endOfText(in bytes: [UInt8], from start: Int) -> Int? {
        var index = start
        while index < bytes.count {
            switch bytes[index] {
            case UInt8(ascii: "\""): return index + 1
            case UInt8(ascii: "\n"): return index
            case UInt8(ascii: "\\"): index += 2
            default: index += 1
            }
        }
        return nil
    }
}

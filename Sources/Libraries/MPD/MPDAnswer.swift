/// One line of an answer of MPD: `key: value`.
struct MPDPair: Equatable, Sendable {
    let key: String
    let value: String
}

/// Why MPD did not do what it was asked.
struct MPDRefusal: Error, Equatable {
    /// 3 for a wrong password, 4 for a missing permission, 5 for an unknown command.
    let code: Int
    let message: String
}

/// Reads answers of MPD from bytes as they come.
struct MPDAnswerReader {
    /// The bytes break the protocol, or an answer is too large.
    struct Malformed: Error, Equatable {}

    private static let longestLine = 65_536

    private var rest: [UInt8] = []
    private var position = 0
    private var pairs: [MPDPair] = []
    private var size = 0

    /// Adds bytes from the server.
    ///
    /// - Throws: ``Malformed`` when a line or an answer is too long.
    mutating func append(_ bytes: some Collection<UInt8>) throws {
        rest.removeFirst(position)
        position = 0
        rest.append(contentsOf: bytes)
        size += bytes.count
        guard size <= ServerLimits.answerBytes else { throw Malformed() }
    }

    /// The version that the server greets with; nil while it has not come.
    mutating func greeting() throws -> String? {
        guard let line = try line() else { return nil }
        guard line.hasPrefix("OK MPD ") else { throw Malformed() }
        size = 0
        return String(line.dropFirst(7))
    }

    /// The next answer; nil while it has not come whole.
    ///
    /// - Throws: ``MPDRefusal``, ``Malformed``.
    mutating func answer() throws -> [MPDPair]? {
        while let line = try line() {
            if line == "OK" {
                size = 0
                defer { pairs = [] }
                return pairs
            }
            if line.hasPrefix("ACK ") { throw try Self.refusal(line) }
            guard let colon = line.utf8.firstIndex(of: UInt8(ascii: ":")) else { throw Malformed() }
            let value = line[line.utf8.index(after: colon)...]
            pairs.append(
                MPDPair(key: String(line[..<colon]), value: String(value.hasPrefix(" ") ? value.dropFirst() : value)))
        }
        return nil
    }

    private mutating func line() throws -> String? {
        guard let end = rest[position...].firstIndex(of: UInt8(ascii: "\n")) else {
            guard rest.count - position <= Self.longestLine else { throw Malformed() }
            return nil
        }
        defer { position = end + 1 }
        return String(decoding: rest[position..<end], as: UTF8.self)
    }

    /// `ACK [5@0] {command} message`
    private static func refusal(_ line: String) throws -> MPDRefusal {
        let code = line.dropFirst(5).prefix { $0.isASCII && $0.isNumber }
        guard line.hasPrefix("ACK ["), let number = Int(code) else { throw Malformed() }
        let message = line.firstIndex(of: "}").map { line[line.index(after: $0)...].drop { $0 == " " } } ?? ""
        return MPDRefusal(code: number, message: String(message.prefix(200)))
    }
}

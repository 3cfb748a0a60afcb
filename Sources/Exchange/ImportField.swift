/// One value of a row, as its file has it.
enum ImportField: Equatable {
    case text(String)
    case number(Double)
    case bool(Bool)
    case list([String])

    /// The value as a number, if it is one: plain decimal, perhaps with an exponent.
    var number: Double? {
        switch self {
        case .number(let number): number
        case .text(let text): Self.number(text)
        case .bool, .list: nil
        }
    }

    /// The value as a boolean, if it is one.
    var bool: Bool? {
        switch self {
        case .bool(let bool): bool
        case .number(let number): number == 1 ? true : number == 0 ? false : nil
        case .text(let text): Self.booleans[text.lowercased()]
        case .list: nil
        }
    }

    /// Swift's own reading of numbers is fast, but also takes hexadecimal, infinity and worse.
    private static func number(_ text: String) -> Double? {
        let isPlain = text.utf8.allSatisfy { byte in
            (0x30...0x39).contains(byte) || byte == 0x2B || (0x2D...0x2E).contains(byte) || byte | 0x20 == 0x65
        }
        guard isPlain, let number = Double(text), number.isFinite else { return nil }
        return number
    }

    private static let booleans = [
        "true": true, "1": true, "yes": true, "1.0": true, "false": false, "0": false, "no": false, "0.0": false,
    ]
}

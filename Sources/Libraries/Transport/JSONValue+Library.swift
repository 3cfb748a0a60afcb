import Wire

// What a foreign server wrote. A value of another type counts as missing.
extension JSONValue {
    var text: String? {
        guard case .string(let text) = self, !text.isEmpty else { return nil }
        return text
    }

    var number: Double? {
        switch self {
        case .number(let number): number
        case .string(let text): Double(text).flatMap { $0.isFinite ? $0 : nil }
        default: nil
        }
    }

    /// A whole number within bounds that no arithmetic breaks, and that hold milliseconds since 1970.
    var whole: Int? { number.flatMap { abs($0) < 1e15 ? Int($0) : nil } }

    var bool: Bool? {
        guard case .bool(let value) = self else { return nil }
        return value
    }

    /// The items of a list; none when it is no list.
    var items: [JSONValue] {
        guard case .array(let items) = self else { return [] }
        return items
    }

    /// An identifier, which some servers write as a number and others as a text.
    var identifier: String? {
        switch self {
        case .string(let text): text.isEmpty ? nil : text
        case .number: whole.map(String.init)
        default: nil
        }
    }
}

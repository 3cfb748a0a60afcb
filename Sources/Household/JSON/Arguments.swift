public import Foundation

/// Reads an operation's input field by field, and knows which fields nobody asked for.
///
/// Every rule about input that is the same everywhere lives here: null is as if omitted, texts are bounded and free of
/// control characters, numbers are finite and in range, unknown fields are errors.
public struct Arguments {
    private var fields: [String: JSONValue]

    /// Begins to read an object.
    ///
    /// - Parameter value: The payload.
    /// - Throws: ``HouseholdError`` `bad_request` when it is no object.
    public init(_ value: JSONValue) throws(HouseholdError) {
        guard case .object(let fields) = value else {
            throw HouseholdError(.badRequest, "The payload must be a JSON object, and is \(value.kind)")
        }
        self.fields = fields
    }

    /// Takes a field out; null is as if omitted.
    private mutating func take(_ name: String) -> JSONValue? {
        let value = fields.removeValue(forKey: name)
        return value == .null ? nil : value
    }

    /// Reads a text of at most ``Limits/textLength`` characters.
    public mutating func text(_ name: String) throws(HouseholdError) -> String? {
        guard let value = take(name) else { return nil }
        guard case .string(let text) = value else {
            throw .invalid(name, "\(name) must be a text, and is \(value.kind)")
        }
        return try Self.checked(text, name)
    }

    /// Reads a text that may be left out by being empty.
    public mutating func nonEmptyText(_ name: String) throws(HouseholdError) -> String? {
        let text = try text(name)?.trimmingCharacters(in: .whitespaces)
        return text == "" ? nil : text
    }

    /// Reads a text that must be there.
    public mutating func requiredText(_ name: String) throws(HouseholdError) -> String {
        guard let text = try nonEmptyText(name) else { throw .invalid(name, "\(name) is missing: it must be a text") }
        return text
    }

    /// Reads a boolean.
    public mutating func bool(_ name: String) throws(HouseholdError) -> Bool? {
        guard let value = take(name) else { return nil }
        guard case .bool(let bool) = value else {
            throw .invalid(name, "\(name) must be true or false, and is \(value.kind)")
        }
        return bool
    }

    /// Reads a number within a range.
    public mutating func number(_ name: String, in range: ClosedRange<Double>) throws(HouseholdError) -> Double? {
        guard let value = take(name) else { return nil }
        guard case .number(let number) = value, range.contains(number) else {
            throw .invalid(name, "\(name) must be a number from \(range.lowerBound) to \(range.upperBound)")
        }
        return number
    }

    /// Reads a whole number within a range.
    public mutating func integer(_ name: String, in range: ClosedRange<Int>) throws(HouseholdError) -> Int? {
        guard let value = take(name) else { return nil }
        guard case .number(let number) = value, let whole = Int(exactly: number), range.contains(whole) else {
            throw .invalid(name, "\(name) must be a whole number from \(range.lowerBound) to \(range.upperBound)")
        }
        return whole
    }

    /// Reads a time, RFC 3339; an empty one is none, lest a selection be wider than somebody meant.
    public mutating func time(_ name: String) throws(HouseholdError) -> Date? {
        guard let text = try text(name) else { return nil }
        guard let date = RFC3339.date(from: text) else {
            throw .invalid(name, "\(name) must be a time like 2026-11-22T18:04:05Z")
        }
        return date
    }

    /// Reads a list of texts.
    ///
    /// - Parameters:
    ///   - name: The field.
    ///   - isTabbed: Whether a tab may divide a text into columns.
    /// - Returns: The texts; nil if the field is not there.
    /// - Throws: ``HouseholdError`` `invalid`.
    public mutating func texts(_ name: String, isTabbed: Bool = false) throws(HouseholdError) -> [String]? {
        guard let values = try list(name) else { return nil }
        var texts: [String] = []
        for value in values {
            guard case .string(let text) = value else { throw .invalid(name, "\(name) must be a list of texts") }
            texts.append(try Self.checked(text, name, isTabbed: isTabbed))
        }
        return texts
    }

    /// Reads a list of texts that must be there, if only to say that there are none.
    public mutating func requiredTexts(_ name: String) throws(HouseholdError) -> [String] {
        guard let texts = try texts(name) else {
            throw .invalid(name, "\(name) is missing: it must be a list of texts")
        }
        return texts
    }

    /// Reads a list of row ids.
    public mutating func ids(_ name: String) throws(HouseholdError) -> [Int64]? {
        guard let values = try list(name) else { return nil }
        var ids: [Int64] = []
        for value in values {
            guard case .number(let number) = value, let id = Int64(exactly: number) else {
                throw .invalid(name, "\(name) must be a list of whole numbers")
            }
            ids.append(id)
        }
        return ids
    }

    /// Reads a list of anything.
    public mutating func list(_ name: String) throws(HouseholdError) -> [JSONValue]? {
        guard let value = take(name) else { return nil }
        guard case .array(let values) = value else {
            throw .invalid(name, "\(name) must be a list, and is \(value.kind)")
        }
        return values
    }

    /// Reads a word out of a closed list.
    public mutating func choice<Choice: RawRepresentable & CaseIterable>(
        _ name: String, of type: Choice.Type
    ) throws(HouseholdError) -> Choice? where Choice.RawValue == String {
        guard let text = try nonEmptyText(name) else { return nil }
        guard let choice = Choice(rawValue: text) else {
            let words = Choice.allCases.map(\.rawValue).joined(separator: ", ")
            throw .invalid(name, "\(name) must be one of \(words)")
        }
        return choice
    }

    /// Leaves a field unread, so that it counts as known.
    public mutating func ignore(_ name: String) { fields.removeValue(forKey: name) }

    /// Ends the reading.
    ///
    /// - Throws: ``HouseholdError`` `invalid` that names a field nobody read.
    public func finish() throws(HouseholdError) {
        guard let unknown = fields.keys.min() else { return }
        throw .invalid(String(unknown.prefix(80)), "There is no field \"\(unknown.prefix(80))\" here")
    }

    private static func checked(
        _ text: String, _ name: String, isTabbed: Bool = false
    ) throws(HouseholdError) -> String {
        guard text.count <= Limits.textLength else {
            throw .invalid(name, "\(name) has more than \(Limits.textLength) characters")
        }
        let isControl = { (scalar: Unicode.Scalar) in scalar.properties.generalCategory == .control }
        guard !text.unicodeScalars.contains(where: { isControl($0) && !(isTabbed && $0 == "\t") }) else {
            throw .invalid(name, "\(name) contains control characters")
        }
        return text
    }
}

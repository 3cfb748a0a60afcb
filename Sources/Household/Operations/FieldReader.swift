public import Foundation
import Wire

/// Reads the fields of an operation one by one, and remembers which were asked for.
///
/// Null is as if omitted, and a field that nobody reads is an error. A field may come in the JSON or as a text in a path
/// or a query. A text becomes a number or a boolean where the operation reads one.
public struct FieldReader {
    /// The front door the input came by.
    public let door: FrontDoor
    /// The speaker whose own topic the input came by, as its topic level; nil elsewhere.
    public let speakerTopic: String?
    /// Called when the operation waits for a server outside of the household.
    let waits: @Sendable () -> Void
    /// The fields that were asked for so far, in order.
    private(set) var described: [FieldDescription] = []
    private var fields: [String: JSONValue]
    private var texts: [String: String]
    private let isDescribing: Bool

    /// The field that every request may carry and that only its sender understands.
    private static let transaction = "transaction"

    /// Starts to read an input.
    ///
    /// - Throws: ``HouseholdError`` `bad_request` when the JSON is not an object, `invalid` when a field is given twice.
    init(_ input: OperationInput) throws(HouseholdError) {
        var input = input
        input.readJSON()
        if let unreadable = input.unreadable { throw HouseholdError(unreadable) }
        let json = input.json ?? .null
        guard case .object(var fields) = json else {
            throw HouseholdError(.badRequest, "The payload must be a JSON object, and is \(json.kind)")
        }
        fields[Self.transaction] = nil
        texts = [:]
        for (name, text) in input.texts {
            guard texts.updateValue(text, forKey: name) == nil, fields[name] == nil else {
                throw .invalid(String(name.prefix(80)), "\(name.prefix(80)) is given twice")
            }
        }
        self.fields = fields
        door = input.door
        speakerTopic = input.speakerTopic
        waits = input.waits
        isDescribing = false
    }

    /// A reader that finds a valid value in every required field, to learn which fields an operation reads.
    private init() {
        (door, speakerTopic, waits, fields, texts, isDescribing) = (.http, nil, {}, [:], [:], true)
    }

    /// The fields that an operation reads, in the order in which it reads them.
    static func fields(of operation: (some HouseholdOperation).Type) -> [FieldDescription] {
        var reader = FieldReader()
        // Checks that span fields may fail; by then all fields were read.
        _ = try? operation.init(&reader)
        return reader.described
    }

    /// Ends the reading.
    ///
    /// - Throws: ``HouseholdError`` `invalid` that names a field nobody read.
    func finish() throws(HouseholdError) {
        guard let unknown = (Array(fields.keys) + texts.keys).min() else { return }
        let hint = CloseNames.suggestion(for: unknown, among: described.map(\.name)).map { "; \($0)" } ?? ""
        throw .invalid(String(unknown.prefix(80)), "There is no field \"\(unknown.prefix(80))\" here\(hint)")
    }

    /// An error of an operation with what helps to mend it: the field that nobody reads and that may have been meant.
    ///
    /// - Parameters:
    ///   - error: The error.
    ///   - names: All fields that the operation reads.
    /// - Returns: The error, which names the unknown field where the error itself names none.
    func explained(_ error: HouseholdError, knowing names: [String]) -> HouseholdError {
        let aliases = ["speaker_name", "speaker_entity"]
        let known = names.contains(where: aliases.contains) ? names + aliases : names
        let unread = (Array(fields.keys) + texts.keys).filter { !known.contains($0) }
        guard error.code == .invalid, let unknown = unread.min() else { return error }
        let hint = CloseNames.suggestion(for: unknown, among: names, limit: 1)
        let sentence = "there is no field \"\(unknown.prefix(80))\" here\(hint.map { "; \($0)" } ?? "")"
        guard let field = error.field else {
            return .invalid(String(unknown.prefix(80)), sentence.prefix(1).uppercased() + sentence.dropFirst())
        }
        guard !described.isEmpty, hint?.contains(field) == true else { return error }
        return HouseholdError(error.code, "\(error.message); \(sentence)", field: field)
    }

    /// Takes a field out of the input. The JSON null counts as omitted.
    private mutating func value(
        _ name: String, _ kind: FieldDescription.Kind, isRequired: Bool = false
    ) -> FieldValue? {
        described.append(FieldDescription(name: name, kind: kind, isRequired: isRequired))
        let json: JSONValue? =
            if isDescribing {
                isRequired ? kind.example : nil
            } else if let text = texts.removeValue(forKey: name) {
                kind.value(of: text)
            } else {
                fields.removeValue(forKey: name)
            }
        guard let json, json != .null else { return nil }
        return FieldValue(name: name, json: json)
    }

    /// Takes a field that must be there.
    private mutating func required(
        _ name: String, _ kind: FieldDescription.Kind, _ words: String
    ) throws(HouseholdError) -> FieldValue {
        guard let value = value(name, kind, isRequired: true), value.json != .string("") else {
            throw missing(name, words)
        }
        return value
    }

    private func missing(_ name: String, _ words: String) -> HouseholdError {
        .invalid(name, "\(name) is missing: it must be \(words)")
    }
}

// One function for each kind of field. An optional one is nil when the field is omitted.
extension FieldReader {
    /// Reads a text, without the blanks around it. An empty one is as if omitted.
    public mutating func text(_ name: String) throws(HouseholdError) -> String? {
        try value(name, .text)?.trimmedText()
    }

    /// Reads a text that must be there.
    public mutating func requiredText(_ name: String) throws(HouseholdError) -> String {
        guard let text = try required(name, .text, "a text").trimmedText() else { throw missing(name, "a text") }
        return text
    }

    /// Reads a text that must be there and may be the JSON null, which is nil.
    mutating func requiredTextOrNull(_ name: String) throws(HouseholdError) -> String? {
        if fields[name] == .null, texts[name] == nil, !isDescribing {
            fields[name] = nil
            described.append(FieldDescription(name: name, kind: .text, isRequired: true))
            return nil
        }
        return try requiredText(name)
    }

    /// Reads a text that must be there under this name or another one, which the caller checks.
    mutating func textOfRequired(_ name: String) throws(HouseholdError) -> String? {
        try value(name, .text, isRequired: true)?.trimmedText()
    }

    /// Reads a text that may come under this name, too. It is not among the documented fields.
    mutating func alias(_ name: String) throws(HouseholdError) -> String? {
        var reader = self
        let text = try reader.text(name)
        (fields, texts) = (reader.fields, reader.texts)
        return text
    }

    public mutating func boolean(_ name: String) throws(HouseholdError) -> Bool? {
        try value(name, .boolean)?.boolean()
    }

    public mutating func requiredBoolean(_ name: String) throws(HouseholdError) -> Bool {
        try required(name, .boolean, "true or false").boolean()
    }

    public mutating func number(_ name: String, in range: ClosedRange<Double>) throws(HouseholdError) -> Double? {
        try value(name, .number(range))?.number(in: range)
    }

    public mutating func integer(_ name: String, in range: ClosedRange<Int>) throws(HouseholdError) -> Int? {
        try value(name, .integer(range))?.integer(in: range)
    }

    public mutating func id<Row>(_ name: String, of row: Row.Type) throws(HouseholdError) -> RowID<Row>? {
        try integer(name, in: 1...WireJSON.maxWholeNumber).map { RowID(Int64($0)) }
    }

    public mutating func requiredID<Row>(_ name: String, of row: Row.Type) throws(HouseholdError) -> RowID<Row> {
        let range = 1...WireJSON.maxWholeNumber
        return RowID(Int64(try required(name, .integer(range), "a whole number").integer(in: range)))
    }

    /// A reference that is a row id as a number and something else as a text.
    enum IDOrText {
        case id(Int64)
        case text(String)
    }

    mutating func idOrText(_ name: String) throws(HouseholdError) -> IDOrText? {
        if case .string = fields[name] { return try text(name).map { .text($0) } }
        return try id(name, of: Never.self).map { .id($0.rawValue) }
    }

    public mutating func time(_ name: String) throws(HouseholdError) -> Date? {
        try value(name, .time)?.time()
    }

    /// Reads one word of a closed list. An empty text is as if omitted.
    public mutating func choice<Choice: RawRepresentable<String> & CaseIterable>(
        _ name: String, of type: Choice.Type
    ) throws(HouseholdError) -> Choice? {
        let words = Choice.allCases.map(\.rawValue)
        guard let value = value(name, .choice(words)), value.json != .string("") else { return nil }
        return try value.choice(words)
    }

    /// Reads one word of a closed list that must be there.
    public mutating func requiredChoice<Choice: RawRepresentable<String> & CaseIterable>(
        _ name: String, of type: Choice.Type
    ) throws(HouseholdError) -> Choice {
        let words = Choice.allCases.map(\.rawValue)
        return try required(name, .choice(words), "one of \(words.joined(separator: ", "))").choice(words)
    }

    /// Reads a list of texts. With `isTabbed`, a tab may divide a text into columns.
    public mutating func texts(_ name: String, isTabbed: Bool = false) throws(HouseholdError) -> [String]? {
        try value(name, .texts)?.texts(isTabbed: isTabbed)
    }

    /// Reads a list of texts that must be there and may be empty.
    public mutating func requiredTexts(_ name: String) throws(HouseholdError) -> [String] {
        try required(name, .texts, "a list of texts").texts()
    }

    /// Reads a list of row ids.
    public mutating func ids<Row>(_ name: String, of row: Row.Type) throws(HouseholdError) -> [RowID<Row>]? {
        try value(name, .ids)?.ids(of: row)
    }
}

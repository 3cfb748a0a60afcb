public import Wire

/// An error for people: what is wrong, where, and what to do. It is the same on every front door.
public struct HouseholdError: Error, Equatable, Sendable {
    /// The closed list of codes.
    public enum Code: String, Codable, Sendable, CaseIterable {
        /// The input cannot be read at all.
        case badRequest = "bad_request"
        /// A token is missing or wrong.
        case unauthorized
        /// What was named does not exist.
        case notFound = "not_found"
        /// It exists, but not for this method or front door.
        case methodNotAllowed = "method_not_allowed"
        /// It contradicts what is there already.
        case conflict
        /// The input is larger than the limit.
        case tooLarge = "too_large"
        /// The input is in a format that is not read here.
        case unsupportedMediaType = "unsupported_media_type"
        /// The input can be read, but a field breaks a rule.
        case invalid
        /// Too many requests at once.
        case rateLimited = "rate_limited"
        /// Something that is needed is away, and may come back.
        case unavailable
        /// A bug in Haunt.
        case `internal`
    }

    /// What kind of error it is.
    public var code: Code
    /// What is wrong and what to do, in a sentence.
    public var message: String
    /// The field that is to blame, if there is one.
    public var field: String?

    /// Creates an error.
    public init(_ code: Code, _ message: String, field: String? = nil) {
        self.code = code
        self.message = message
        self.field = field
    }

    /// A field breaks a rule.
    public static func invalid(_ field: String, _ message: String) -> HouseholdError {
        HouseholdError(.invalid, message, field: field)
    }

    /// A cursor that no list returned.
    static let unknownCursor = invalid("cursor", "This cursor is not one that a list gave")

    /// Something that was named does not exist. Similar names are suggested.
    ///
    /// - Parameters:
    ///   - sentence: What does not exist, as in `There is no profile`; the name follows it.
    ///   - name: The name.
    ///   - names: Names that exist.
    ///   - field: The field that the name came in.
    /// - Returns: The error.
    public static func unknown(
        _ sentence: String, _ name: String, among names: some Collection<String>, field: String? = nil
    ) -> HouseholdError {
        let hint = CloseNames.suggestion(for: name, among: names).map { "; \($0)" } ?? ""
        return HouseholdError(.notFound, "\(sentence) \"\(name.prefix(80))\"\(hint)", field: field)
    }

    /// What a front door answers when an operation throws: a ``HouseholdError`` as it is, and for a bug no more than that
    /// there was one.
    ///
    /// - Parameters:
    ///   - error: What was thrown.
    ///   - requestID: The id under which the log has the cause of a bug, if there is one.
    ///   - log: Writes the cause of a bug to the log.
    public init(answering error: any Error, requestID: String? = nil, log: (_ cause: String) -> Void) {
        if let error = error as? HouseholdError, error.code != .internal {
            self = error
        } else {
            log((error as? HouseholdError)?.message ?? "\(error)")
            let place = requestID.map { ", under the request \($0)" } ?? ""
            self.init(.internal, "Something went wrong here; the log says what\(place)")
        }
    }

    /// Whether the sender has to change something: a later try with the same input fails again.
    var blamesInput: Bool { code != .unavailable && code != .internal }
}

extension HouseholdError {
    /// JSON that cannot be read.
    public init(_ error: JSONError) {
        switch error {
        case .tooLarge(let bytes):
            self.init(.tooLarge, "The payload has \(bytes) bytes; \(WireJSON.maxBytes) are read")
        case .tooDeep: self.init(.badRequest, "The JSON is nested deeper than \(WireJSON.maxNesting) levels")
        case .repeatedName(let name):
            self.init(.invalid, "\(name.prefix(80)) is given twice", field: String(name.prefix(80)))
        case .malformed: self.init(.badRequest, "The payload is not JSON that can be read")
        }
    }
}

extension WireJSON {
    /// Reads the JSON of a request.
    ///
    /// - Throws: ``HouseholdError`` `too_large`, `bad_request`, or `invalid` for a name that is given twice.
    public static func decodeRequest(_ bytes: some Collection<UInt8>) throws(HouseholdError) -> JSONValue {
        do throws(JSONError) {
            return try decode(bytes, allowsRepeatedNames: false)
        } catch {
            throw HouseholdError(error)
        }
    }
}

/// An error in JSON.
public struct ErrorView: Codable, Equatable, Sendable {
    public var code: HouseholdError.Code
    /// What is wrong and what to do.
    public var message: String
    /// The field that is to blame.
    @ExplicitNull public var field: String?

    /// Creates the view of an error.
    public init(_ error: HouseholdError) {
        code = error.code
        message = error.message
        field = error.field
    }
}

/// Finds the names that a person may have meant.
public enum CloseNames {
    /// The question that ends an error about an unknown name.
    ///
    /// - Parameters:
    ///   - word: What was written.
    ///   - names: What exists.
    ///   - limit: How many names to suggest at most.
    /// - Returns: As in `did you mean anna, hanna?`; nil when no name is close.
    public static func suggestion(
        for word: String, among names: some Collection<String>, limit: Int = 3
    ) -> String? {
        let close = closest(to: word, among: names).prefix(limit)
        return close.isEmpty ? nil : "did you mean \(close.joined(separator: ", "))?"
    }

    /// The same question with the closest name, or a list of all names when none is close.
    public static func suggestionOrAll(for word: String, among names: some Collection<String>) -> String {
        suggestion(for: word, among: names, limit: 1) ?? "there are \(names.joined(separator: ", "))"
    }

    /// Finds the names within a third of the word's length of edits, or that begin with the word. The closest come first.
    private static func closest(to word: String, among names: some Collection<String>) -> [String] {
        let word = Array(word.lowercased().prefix(63))
        let limit = max(1, word.count / 3 + 1)
        return
            names
            .map { (name: $0, distance: distance(word, Array($0.lowercased()))) }
            .filter { $0.distance <= limit || (word.count > 2 && $0.name.lowercased().starts(with: word)) }
            .sorted { ($0.distance, $0.name) < ($1.distance, $1.name) }
            .map(\.name)
    }

    /// Levenshtein distance: the least number of inserted, removed and replaced characters.
    private static func distance(_ left: [Character], _ right: [Character]) -> Int {
        var row = Array(0...right.count)
        for (i, a) in left.enumerated() {
            var diagonal = row[0]
            row[0] = i + 1
            for (j, b) in right.enumerated() {
                let replaced = diagonal + (a == b ? 0 : 1)
                diagonal = row[j + 1]
                row[j + 1] = min(replaced, row[j] + 1, diagonal + 1)
            }
        }
        return row[right.count]
    }
}

/// An error for people: what is wrong, where, and what to do.
///
/// The same on every front door.
public struct HouseholdError: Error, Equatable, Sendable {
    /// The closed list of codes.
    public enum Code: String, Codable, Sendable, CaseIterable {
        /// The input cannot be read at all.
        case badRequest = "bad_request"
        /// A token is missing or wrong.
        case unauthorized
        /// What was named does not exist.
        case notFound = "not_found"
        /// The thing exists, but not for this verb.
        case methodNotAllowed = "method_not_allowed"
        /// It contradicts what is there already.
        case conflict
        /// The input is larger than the limit.
        case tooLarge = "too_large"
        /// The input is in a form nobody here reads.
        case unsupportedMediaType = "unsupported_media_type"
        /// The input is readable, but a field breaks a rule.
        case invalid
        /// Too many requests at once.
        case rateLimited = "rate_limited"
        /// Something that is needed is away, and may come back.
        case unavailable
        /// A fault of ours.
        case `internal`
    }

    /// What kind of error it is.
    public var code: Code
    /// What is wrong and what to do, in a sentence.
    public var message: String
    /// The field that is to blame, when there is one.
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

    /// A cursor that no list gave.
    static let unknownCursor = invalid("cursor", "This cursor is not one that a list gave")

    /// A named profile does not exist; names that look alike are listed.
    public static func unknownProfile(_ name: String, among names: [String], field: String = "profile") -> Self {
        let close = CloseNames.closest(to: name, among: names)
        let hint = close.isEmpty ? "" : "; did you mean \(close.joined(separator: ", "))?"
        return HouseholdError(.notFound, "There is no profile \"\(name.prefix(80))\"\(hint)", field: field)
    }
}

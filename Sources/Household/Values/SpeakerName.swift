import Foundation

/// What a speaker may be called.
public enum SpeakerName {
    /// The rule, in words for a person.
    public static let rule = "1 to \(Limits.textLength) characters, none of them +, # or a control character"

    /// Returns the name if it follows the rule.
    ///
    /// - Parameters:
    ///   - name: What somebody calls a speaker.
    ///   - field: The name of the field it came in, for the error.
    /// - Returns: The same name.
    /// - Throws: ``HouseholdError`` `invalid` that states the rule.
    public static func validated(_ name: String, field: String = "speaker_name") throws(HouseholdError) -> String {
        let isBlank = name.allSatisfy(\.isWhitespace)
        let hasForbidden = name.unicodeScalars.contains { "+#".unicodeScalars.contains($0) || $0.value < 0x20 }
        guard !isBlank, !hasForbidden, name.count <= Limits.textLength else {
            throw .invalid(field, "\"\(name.prefix(80))\" cannot be a speaker's name: use \(rule)")
        }
        return name
    }
}

import Foundation
public import Taste

/// Something that plays, as the store knows it.
public struct Speaker: Equatable, Sendable {
    /// Full name; for Home Assistant the entity id.
    public let name: String
    /// Name in topics: one level, safe, unique in this house.
    public let topic: String
    /// Whether guest mode is on: nothing that plays is stored.
    public var isGuest: Bool
    /// The guest's list it plays. While it does, its plays are nobody's.
    public var guestPlaylistID: String?
    /// Number of tracks of its lists when a request does not say; nil leaves it to the settings.
    public var totalTracks: Int?
    /// Mode of its lists when a request does not say; nil is balanced.
    public var mode: RankingMode?
    /// Whether somebody decided that it is nobody's, whatever the configuration says.
    public var isNobodys: Bool

    /// Creates the value of a stored row.
    public init(
        name: String, topic: String, isGuest: Bool = false, guestPlaylistID: String? = nil, totalTracks: Int? = nil,
        mode: RankingMode? = nil, isNobodys: Bool = false
    ) {
        self.name = name
        self.topic = topic
        self.isGuest = isGuest
        self.guestPlaylistID = guestPlaylistID
        self.totalTracks = totalTracks
        self.mode = mode
        self.isNobodys = isNobodys
    }

    /// Makes a topic level of a name.
    ///
    /// The domain before the first `.` or `/` is left out unless another speaker has that topic already.
    ///
    /// - Parameters:
    ///   - name: Full name of the speaker.
    ///   - isTaken: Whether another speaker has a topic already.
    /// - Returns: Letters, digits, `_` and `-`.
    public static func topic(for name: String, isTaken: (String) -> Bool) -> String {
        let safe = { (text: Substring) in
            String(text.map { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") ? $0 : "_" })
        }
        let start = name.firstIndex { $0 == "." || $0 == "/" }.map { name.index(after: $0) } ?? name.startIndex
        let short = safe(name[start...])
        let long = safe(name[...])
        for candidate in [short, long] where !candidate.isEmpty && !isTaken(candidate) { return candidate }
        return (2...).lazy.map { "\(long)_\($0)" }.first { !isTaken($0) } ?? long
    }
}

/// The rule for names of speakers.
public enum SpeakerName {
    /// The rule, in words for a person.
    public static let rule = "1 to \(Limits.textLength) characters, none of them +, # or a control character"

    /// Returns the name if it follows the rule.
    ///
    /// - Parameters:
    ///   - name: The name.
    ///   - field: The field that it came in, for the error.
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

/// A speaker as a request names it: by full name, alias or topic level.
struct SpeakerReference: Sendable {
    let name: String
    /// The field that named it, for errors.
    let field: String
    /// A speaker that the input names beside that of its topic. It must be the same one.
    var named: [Self] = []
}

extension FieldReader {
    /// Reads a speaker, which may be called `speaker_name` or `speaker_entity`. The topic that the input came by names
    /// one, too, and a field must not name another.
    /// `name` is the one of the two that is documented for the operation.
    mutating func speaker(_ name: String = "speaker_name") throws(HouseholdError) -> SpeakerReference? {
        let documented = try text(name)
        return try speaker(name, documented)
    }

    /// Reads a speaker that must be named.
    mutating func requiredSpeaker() throws(HouseholdError) -> SpeakerReference {
        let name = "speaker_name"
        let documented = try textOfRequired(name)
        guard let speaker = try speaker(name, documented) else {
            throw .invalid(name, "\(name) is missing: it must be a text")
        }
        return speaker
    }

    private mutating func speaker(_ name: String, _ text: String?) throws(HouseholdError) -> SpeakerReference? {
        let other = name == "speaker_name" ? "speaker_entity" : "speaker_name"
        let alternative = try alias(other).map { SpeakerReference(name: $0, field: other) }
        let documented = text.map { SpeakerReference(name: $0, field: name) }
        if let speakerTopic {
            let named = [documented, alternative].compactMap { $0 }
            return SpeakerReference(name: speakerTopic, field: name, named: named)
        }
        guard let reference = documented ?? alternative else { return nil }
        _ = try SpeakerName.validated(reference.name, field: reference.field)
        return reference
    }
}

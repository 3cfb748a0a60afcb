public import Foundation

/// A named taste. `default` always exists and stands for everyone without a profile of their own.
public struct Profile: Hashable, Sendable {
    /// The id of a stored profile.
    public typealias ID = RowID<Profile>

    /// The name of the profile that always exists.
    public static let defaultName = "default"

    /// Row id in the store; `default` has one as well.
    public let id: ID
    /// Permanent name, see ``ProfileName``.
    public let name: String
    /// What people call it; may change.
    public let displayName: String
    /// When it was created.
    public let createdAt: Date

    /// Whether this profile stands for everyone without one of their own.
    public var isDefault: Bool { name == Self.defaultName }

    /// How the store marks this profile's listens.
    public var owner: Owner { isDefault ? .nobody : .profile(id) }

    /// Creates the value of a stored row.
    public init(id: ID, name: String, displayName: String, createdAt: Date) {
        self.id = id
        self.name = name
        self.displayName = displayName
        self.createdAt = createdAt
    }
}

/// Who has a listen. Nobody's listens count for the profile `default`.
public enum Owner: Hashable, Sendable {
    /// No profile of its own: the store has NULL.
    case nobody
    /// A profile other than `default`.
    case profile(Profile.ID)
}

/// The rule for profile names.
public enum ProfileName {
    /// The rule, in words for a person.
    public static let rule =
        "1 to 63 characters of a-z, 0-9, '_' and '-', beginning with a letter or a digit"

    /// Words that mean something other than a profile where one is named.
    public static let reserved: Set<String> = ["nobody", "guest", "shared", "all", "off", "auto", "unknown"]

    /// Returns the name if it follows the rule and is not reserved.
    ///
    /// - Parameters:
    ///   - name: The name.
    ///   - field: The field that it came in, for the error.
    /// - Returns: The same name.
    /// - Throws: ``HouseholdError`` `invalid` that states the rule.
    public static func validated(_ name: String, field: String = "name") throws(HouseholdError) -> String {
        let isLead = { (byte: UInt8) in (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte) }
        let isRest = { (byte: UInt8) in isLead(byte) || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-") }
        guard let first = name.utf8.first, isLead(first), name.utf8.count <= 63, name.utf8.allSatisfy(isRest) else {
            throw .invalid(field, "\"\(name.prefix(80))\" is no profile name: use \(rule)")
        }
        guard !reserved.contains(name) else {
            throw .invalid(field, "\"\(name)\" is no profile name: it means something else where a profile is named")
        }
        return name
    }
}

/// Reads profiles and the hashes of their tokens.
public protocol ProfileReading {
    /// All profiles, by name.
    func profiles() throws -> [Profile]
    /// The SHA-256 of each profile's token. The token itself is never stored.
    func tokenHashes() throws -> [Profile.ID: Data]
    /// Hashes of the names of profiles that somebody removed and nobody added again.
    func removedProfileNames() throws -> Set<Int64>
}

/// Changes profiles and their tokens.
public protocol ProfileWriting: ProfileReading {
    /// Adds a profile; its name must be free.
    func insertProfile(name: String, displayName: String, createdAt: Date) throws -> Profile
    /// Changes what people call it.
    func setDisplayName(_ displayName: String, ofProfile id: Profile.ID) throws
    /// Remembers, or forgets, that somebody removed the profile with the name of this hash.
    func setRemovedProfileName(_ hash: Int64, _ isRemoved: Bool) throws
    /// Gives a profile a token in place of the one it may have.
    func saveTokenHash(_ hash: Data, ofProfile id: Profile.ID, at time: Date) throws
}

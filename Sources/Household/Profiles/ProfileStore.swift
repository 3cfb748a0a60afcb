public import Foundation

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

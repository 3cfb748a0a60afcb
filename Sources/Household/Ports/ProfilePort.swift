public import Foundation

/// Reads profiles.
public protocol ProfileReading {
    /// All profiles, by name.
    func profiles() throws -> [Profile]
}

/// Changes profiles.
public protocol ProfileWriting: ProfileReading {
    /// Adds a profile; its name must be free.
    func insertProfile(name: String, displayName: String, createdAt: Date) throws -> Profile
    /// Changes what people call it.
    func setDisplayName(_ displayName: String, ofProfile id: Int64) throws
}

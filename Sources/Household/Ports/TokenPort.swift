public import Foundation

/// Reads tokens of profiles, which are kept as hashes alone.
public protocol TokenReading {
    /// The SHA-256 of each profile's token, by the profile's row id.
    func tokenHashes() throws -> [Int64: Data]
}

/// Changes tokens of profiles.
public protocol TokenWriting: TokenReading {
    /// Gives a profile a token in place of the one it may have.
    func saveTokenHash(_ hash: Data, ofProfile id: Int64, at time: Date) throws
}

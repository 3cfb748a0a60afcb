public import Foundation

/// A change of history that somebody made, and that can be undone for a while.
public struct Correction: Equatable, Sendable {
    /// Row id in the store; grows with time.
    public let id: Int64
    /// When it was made.
    public let madeAt: Date
    /// When it was undone, if it was.
    public let undoneAt: Date?
    /// The profile that went with it, if one did.
    public let removedProfile: Profile?

    /// Creates the value of a stored row.
    public init(id: Int64, madeAt: Date, undoneAt: Date?, removedProfile: Profile?) {
        self.id = id
        self.madeAt = madeAt
        self.undoneAt = undoneAt
        self.removedProfile = removedProfile
    }
}

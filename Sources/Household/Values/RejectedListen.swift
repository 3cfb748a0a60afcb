public import Foundation

/// Input that carried a listen and could not be taken.
///
/// Kept, so that nothing is lost.
public struct RejectedListen: Equatable, Sendable {
    /// Row id in the store; nil before it is stored.
    public var id: Int64?
    /// When it came.
    public var receivedAt: Date
    /// The front door it came by: `mqtt`, `http`, `cli`.
    public var door: String
    /// What was sent, cut at a limit.
    public var payload: String
    /// Why it was not taken.
    public var error: HouseholdError

    /// Creates a rejected listen.
    public init(id: Int64? = nil, receivedAt: Date, door: String, payload: String, error: HouseholdError) {
        self.id = id
        self.receivedAt = receivedAt
        self.door = door
        self.payload = payload
        self.error = error
    }
}

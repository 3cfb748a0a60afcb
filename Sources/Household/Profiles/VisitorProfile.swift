public import Foundation

/// Reads which profile a user of Home Assistant is.
public protocol VisitorReading {
    /// The profile of a user; nil when nobody said.
    func profile(ofVisitor userID: String) throws -> Profile.ID?
}

/// Remembers which profile a user of Home Assistant is.
public protocol VisitorWriting: VisitorReading {
    /// Remembers it, and forgets the oldest users beyond the limit; nil forgets it.
    func setProfile(_ id: Profile.ID?, ofVisitor userID: String, at time: Date, keeping limit: Int) throws
}

extension Household {
    /// The profile that a user of Home Assistant is: as somebody said on the page, else as the evidence of who is
    /// listening has it; nil when nobody said.
    public func profile(ofVisitor userID: String) throws -> String? {
        let id = try store.read { try $0.profile(ofVisitor: userID) }
        let said = roster.profiles.values.first { $0.id == id }
        let known = evidence.accounts.first { $0.value == userID }.flatMap { roster.profiles[$0.key] }
        return (said ?? known)?.name
    }
}

/// Remembers which profile a user of Home Assistant is. Only a front door that knows the user can ask for it.
public struct SetVisitorProfile: ImmediateOperation {
    public static let signature = OperationSignature("visitor/set", nil, writes: true, isOnMQTT: false)

    private let userID: String
    private let profile: String?

    public init(_ fields: inout FieldReader) throws(HouseholdError) {
        userID = try fields.requiredText("user_id")
        profile = try fields.text("profile")
    }

    /// - Returns: The profile; nil when it is forgotten.
    public func perform(in household: isolated Household) throws -> String? {
        let profile = try profile.map { name throws(HouseholdError) in try household.roster.profile(named: name) }
        let time = household.now()
        try household.store.write {
            try $0.setProfile(profile?.id, ofVisitor: userID, at: time, keeping: Limits.visitors)
        }
        return profile?.name
    }
}

/// Changes what people call a profile. Its name is permanent.
public struct UpdateProfile: ImmediateOperation {
    public static let signature = OperationSignature("profile/update", .patch("/api/profiles/{name}"), writes: true)

    private let name: String
    private let displayName: String

    public init(_ fields: inout FieldReader) throws(HouseholdError) {
        name = try fields.requiredText("name")
        displayName = try fields.requiredText("display_name")
    }

    public func perform(in household: isolated Household) throws -> ProfileView {
        let profile = try household.roster.profile(named: name, field: "name")
        try household.store.write { try $0.setDisplayName(displayName, ofProfile: profile.id) }
        let updated = Profile(id: profile.id, name: name, displayName: displayName, createdAt: profile.createdAt)
        household.roster.add(updated)
        household.report(updated)
        return try household.view(of: updated)
    }
}

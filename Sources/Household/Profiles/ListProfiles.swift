public import Wire

/// Lists the profiles, by name.
public struct ListProfiles: ImmediateOperation {
    public static let signature = OperationSignature("profile/list", .get("/api/profiles"), writes: false)

    private let page: PageFields

    public init(_ fields: inout FieldReader) throws(HouseholdError) { page = try PageFields(&fields) }

    public func perform(in household: isolated Household) throws -> ProfilePage {
        let (names, next) = page.select(from: household.roster.profiles.keys)
        let profiles = names.compactMap { household.roster.profiles[$0] }
        return ProfilePage(profiles: try profiles.map { try household.view(of: $0) }, nextCursor: next)
    }
}

public struct ProfilePage: Codable, Sendable {
    /// Profiles, by name.
    public var profiles: [ProfileView]
    /// Where the next page begins; null at the end.
    @ExplicitNull public var nextCursor: String?
}

/// Shows one profile.
public struct ShowProfile: ImmediateOperation {
    public static let signature = OperationSignature("profile/show", .get("/api/profiles/{name}"), writes: false)

    private let name: String

    /// Asks for a profile.
    public init(name: String) { self.name = name }

    public init(_ fields: inout FieldReader) throws(HouseholdError) { name = try fields.requiredText("name") }

    public func perform(in household: isolated Household) throws -> ProfileView {
        try household.view(of: household.roster.profile(named: name, field: "name"))
    }
}

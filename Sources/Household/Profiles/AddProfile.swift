public struct AddProfile: ImmediateOperation {
    public static let signature = OperationSignature(
        "profile/add", .post("/api/profiles", answers: .created), writes: true)

    private let name: String
    private let displayName: String?

    /// Asks for a new profile.
    ///
    /// - Parameters:
    ///   - name: Its permanent name.
    ///   - displayName: What people call it; the name when nil.
    public init(name: String, displayName: String? = nil) {
        self.name = name
        self.displayName = displayName
    }

    public init(_ fields: inout FieldReader) throws(HouseholdError) {
        name = try fields.requiredText("name")
        displayName = try fields.text("display_name")
    }

    /// - Throws: ``HouseholdError`` `invalid` with the rule for names, `conflict` when the name is taken.
    public func perform(in household: isolated Household) throws -> ProfileView {
        let name = try ProfileName.validated(name)
        guard household.roster.profiles[name] == nil else {
            throw HouseholdError(.conflict, "There is a profile \"\(name)\" already", field: "name")
        }
        guard household.roster.profiles.count < Limits.profiles else {
            throw HouseholdError(.conflict, "There are \(Limits.profiles) profiles, which is the limit")
        }
        let createdAt = household.now().wholeMilliseconds
        let hash = household.roster.hash(ofProfile: name)
        let profile = try household.store.write { store in
            try store.setRemovedProfileName(hash, false)
            return try store.insertProfile(name: name, displayName: displayName ?? name, createdAt: createdAt)
        }
        household.roster.add(profile)
        let view = try household.view(of: profile)
        household.observer.householdDid(.profileCreated(view))
        household.observer.householdDid(.profileChanged(view))
        return view
    }
}

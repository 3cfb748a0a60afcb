/// Whose a listen is, and by which rule.
struct Attribution: Equatable, Sendable {
    /// The profile; nil is nobody.
    var profile: Profile?
    /// The rule that decided it.
    var rule: AttributionRule

    /// How the store marks a listen of it.
    var owner: Owner { profile?.owner ?? .nobody }

    /// Decides whose a listen is: the named profile's, else that of the speaker's profile, else nobody's. On a shared
    /// speaker it is open then.
    static func ofListen(
        profile name: String?, speaker speakerName: String?, in roster: Roster
    ) throws(HouseholdError) -> Attribution {
        if let name { return Attribution(profile: try roster.profile(named: name), rule: .payload) }
        if let owner = roster.owner(of: speakerName) { return Attribution(profile: owner, rule: .mapping) }
        return Attribution(profile: nil, rule: roster.isShared(speakerName) ? .likeness : .default)
    }
}

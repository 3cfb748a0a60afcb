/// Whose a listen is, or whose a list is, and by which rule.
struct Attribution: Equatable, Sendable {
    /// The profile; nil is nobody's.
    var profile: Profile?
    /// What decided it.
    var rule: AttributionRule
}

extension Attribution {
    /// Whose a listen is: the payload's profile, else the speaker's, else nobody's.
    static func ofListen(
        profile name: String?, speaker speakerName: String?, in roster: Roster
    ) throws(HouseholdError) -> Attribution {
        if let name { return Attribution(profile: try roster.profile(named: name), rule: .payload) }
        if let owner = roster.owner(of: speakerName) { return Attribution(profile: owner, rule: .mapping) }
        return Attribution(profile: nil, rule: .default)
    }

    /// Whose a list is.
    ///
    /// - Parameters:
    ///   - request: What was asked.
    ///   - mappedSpeaker: The speaker whose own topic it came by; every other door leaves the mapping out of it.
    ///   - roster: Who is in the house.
    /// - Returns: A profile, or a guest.
    /// - Throws: ``HouseholdError`` when the profile does not exist or contradicts `guest`.
    static func ofList(
        _ request: ListRequest, mappedSpeaker: Speaker?, in roster: Roster
    ) throws(HouseholdError) -> Attribution {
        let guest = Attribution(profile: nil, rule: .guest)
        if request.isGuest {
            guard request.profile == nil else {
                throw .invalid("guest", "A guest's list is nobody's: leave out either guest or profile")
            }
            return guest
        }
        if mappedSpeaker?.isGuest == true { return guest }
        if let name = request.profile {
            return Attribution(profile: try roster.profile(named: name), rule: .payload)
        }
        if let owner = roster.owner(of: mappedSpeaker?.name) { return Attribution(profile: owner, rule: .mapping) }
        if request.vibe != nil, request.vibeAloneIsGuest { return guest }
        return Attribution(profile: roster.defaultProfile, rule: .default)
    }
}

/// Whose a listen or a list is, and by which rule.
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

    /// Decides whose a list is.
    ///
    /// - Parameters:
    ///   - request: What was asked.
    ///   - speaker: The speaker whose own topic the request came by. Elsewhere it is nil, and no mapping counts.
    ///   - roster: Profiles and mappings.
    /// - Returns: A profile, or a guest.
    /// - Throws: ``HouseholdError`` when the profile does not exist, or is named together with `guest`.
    static func ofList(
        _ request: PlaylistRequest, askedOn speaker: Speaker?, in roster: Roster
    ) throws(HouseholdError) -> Attribution {
        let guest = Attribution(profile: nil, rule: .guest)
        if request.isGuest {
            guard request.profile == nil else {
                throw .invalid("guest", "A guest's list is nobody's: leave out either guest or profile")
            }
            return guest
        }
        if speaker?.isGuest == true { return guest }
        if let name = request.profile {
            return Attribution(profile: try roster.profile(named: name), rule: .payload)
        }
        if let owner = roster.owner(of: speaker?.name) { return Attribution(profile: owner, rule: .mapping) }
        if request.vibe != nil, request.isGuestByVibe { return guest }
        return Attribution(profile: roster.defaultProfile, rule: .default)
    }
}

/// The rule that decided whose a listen or a list is. It is stored with each listen, and each list names it.
public enum AttributionRule: String, Codable, Sendable, CaseIterable {
    /// The payload named a profile.
    case payload
    /// The speaker is mapped to a profile.
    case mapping
    /// A guest: no taste is read, none is changed.
    case guest
    /// Nobody in particular: it counts for `default`.
    case `default`
    /// A shared speaker, judged by what was played there; without a profile it is open.
    case likeness
    /// A shared speaker, of which somebody said who is listening.
    case said
    /// A shared speaker, at which a voice was recognised.
    case voice
    /// A shared speaker, at which somebody's account pressed play or asked for a list.
    case user
    /// A shared speaker, judged by who is at home and in its room.
    case presence
    /// A person corrected it afterwards.
    case corrected
    /// A list for the listener of a shared speaker.
    case listener
    /// A list for all who share a speaker, or for those of them who are there.
    case together

    /// The rules of listens; the others are of lists.
    public static let ofListens = allCases.filter { ![.guest, .listener, .together].contains($0) }
    /// The rules of listens that evidence of the listener decided.
    public static let ofListeners: Set<AttributionRule> = [.likeness, .said, .voice, .user, .presence]
}

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

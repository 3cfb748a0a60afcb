import Taste

/// Whose a list is, and by which rule.
struct ListOwners: Equatable, Sendable {
    /// The profiles; none is a guest.
    var profiles: [Profile]
    /// The rule that decided it.
    var rule: AttributionRule

    /// The profile of a list for one.
    var profile: Profile? { profiles.count == 1 ? profiles[0] : nil }

    /// Names of the profiles of a list for several.
    var names: [String]? { profiles.count > 1 ? profiles.map(\.name) : nil }

    private static let guest = ListOwners(profiles: [], rule: .guest)

    /// Decides whose a list is.
    ///
    /// - Parameters:
    ///   - request: What was asked.
    ///   - speaker: The speaker whose own topic the request came by. Elsewhere it is nil, and no mapping counts.
    ///   - listeners: Who may be listening there; nil for a speaker that is not shared.
    ///   - roster: Profiles and mappings.
    /// - Throws: ``HouseholdError`` when a profile does not exist, or is named together with `guest`.
    init(
        _ request: PlaylistRequest, askedOn speaker: Speaker?, listeners: SpeakerListeners?, in roster: Roster
    ) throws(HouseholdError) {
        let named = try Self.named(in: request, roster)
        if request.isGuest || speaker?.isGuest == true {
            self = Self.guest
        } else if !named.isEmpty {
            self.init(profiles: named, rule: .payload)
        } else if let owner = roster.owner(of: speaker?.name) {
            self.init(profiles: [owner], rule: .mapping)
        } else if let owners = listeners?.owners(in: roster) {
            self = owners
        } else if request.vibe != nil, request.isGuestByVibe {
            self = Self.guest
        } else {
            self.init(profiles: [roster.defaultProfile], rule: .default)
        }
    }

    init(profiles: [Profile], rule: AttributionRule) {
        self.profiles = profiles
        self.rule = rule
    }

    /// The profiles that a request names, each once.
    private static func named(in request: PlaylistRequest, _ roster: Roster) throws(HouseholdError) -> [Profile] {
        if request.profile != nil, request.profiles != nil {
            throw .invalid("profiles", "Name either one profile or several: leave out profile or profiles")
        }
        let field = request.profiles == nil ? "profile" : "profiles"
        var names: [String] = []
        for name in request.profiles ?? [request.profile].compactMap(\.self) where !names.contains(name) {
            names.append(name)
        }
        if request.isGuest, !names.isEmpty {
            throw .invalid("guest", "A guest's list is nobody's: leave out either guest or \(field)")
        }
        var profiles: [Profile] = []
        for name in names { profiles.append(try roster.profile(named: name, field: field)) }
        return profiles
    }
}

/// Who may be listening at a shared speaker, as far as lists are concerned.
struct SpeakerListeners: Equatable, Sendable {
    /// The assigned listener; `.some(nil)` is nobody of the house, nil when nobody knows.
    var assigned: String??
    /// Who shares the speaker.
    var sharers: [String]
    /// Those of them who may be there.
    var people: [String]

    /// Whose a list is when nobody is named; nil when somebody else is listening.
    func owners(in roster: Roster) -> ListOwners? {
        switch assigned {
        case .some(let name?): roster.profiles[name].map { ListOwners(profiles: [$0], rule: .listener) }
        case .some(nil): nil
        case nil: together(in: roster)
        }
    }

    private func together(in roster: Roster) -> ListOwners? {
        let profiles = people.compactMap { roster.profiles[$0] }
        return profiles.isEmpty ? nil : ListOwners(profiles: profiles, rule: .together)
    }
}

extension Household {
    /// Who may be listening at a speaker; nil for one that is not shared.
    func listeners(at speakerName: String?) throws -> SpeakerListeners? {
        guard let speakerName, let people = roster.sharers(of: speakerName) else { return nil }
        _ = try sessionBook()
        let view = listenerView(of: speakerName)
        let isAssigned = view?.verdict == .assigned
        let presence = evidence.presence(of: people, in: settings.areas[speakerName], at: now())
        return SpeakerListeners(
            assigned: isAssigned ? .some(view?.profile) : nil, sharers: people,
            people: presence?.present(among: people) ?? people)
    }

    /// Whether a list may have tracks that are marked as explicit.
    ///
    /// It may not on a children's speaker, for a child, and on a speaker that a child shares while nobody knows who is
    /// listening and the request names nobody.
    func allowsExplicit(
        _ owners: ListOwners, on speakerName: String?, listeners: SpeakerListeners?
    ) -> Bool {
        if owners.rule != .payload, let listeners, listeners.assigned == nil,
            listeners.sharers.contains(where: { settings.isForKids(speaker: nil, profile: $0) })
        {
            return false
        }
        return !settings.isForKids(speaker: speakerName, profile: nil)
            && !owners.profiles.contains { settings.isForKids(speaker: nil, profile: $0.name) }
    }
}

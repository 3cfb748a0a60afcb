import Foundation
import Taste

/// Profiles: who the tastes are for.
extension Household {
    /// Lists profiles, by name.
    public func profilePage(_ request: PageRequest = PageRequest()) throws -> ProfilePage {
        let page = request.page(of: roster.profiles.keys)
        return ProfilePage(profiles: try page.names.map { try profile(named: $0) }, nextCursor: page.next)
    }

    /// One profile.
    public func profile(named name: String) throws -> ProfileView {
        try view(of: roster.profile(named: name, field: "name"))
    }

    /// Creates a profile.
    ///
    /// - Parameters:
    ///   - name: Its permanent name.
    ///   - displayName: What people call it; the name when nil.
    /// - Returns: The new profile.
    /// - Throws: ``HouseholdError`` `invalid` with the rule, or `conflict` when the name is taken.
    public func addProfile(named name: String, displayName: String?) throws -> ProfileView {
        let name = try ProfileName.validated(name)
        guard roster.profiles[name] == nil else {
            throw HouseholdError(.conflict, "There is a profile \"\(name)\" already", field: "name")
        }
        guard roster.profiles.count < Limits.profiles else {
            throw HouseholdError(.conflict, "There are \(Limits.profiles) profiles, which is the limit")
        }
        let profile = try store.write { [created = now().wholeMilliseconds] in
            try $0.insertProfile(name: name, displayName: displayName ?? name, createdAt: created)
        }
        roster.add(profile)
        let view = try view(of: profile)
        observer.householdDid(.profileCreated(view))
        observer.householdDid(.profileChanged(view))
        return view
    }

    /// Changes what people call a profile; its name is permanent.
    ///
    /// - Parameters:
    ///   - name: Which.
    ///   - displayName: What people call it from now on.
    /// - Returns: The profile.
    /// - Throws: ``HouseholdError`` `not_found`.
    public func updateProfile(named name: String, displayName: String) throws -> ProfileView {
        let profile = try roster.profile(named: name, field: "name")
        try store.write { try $0.setDisplayName(displayName, ofProfile: profile.id) }
        let updated = Profile(id: profile.id, name: name, displayName: displayName, createdAt: profile.createdAt)
        roster.add(updated)
        let view = try view(of: updated)
        observer.householdDid(.profileChanged(view))
        return view
    }

    /// Makes a list of speakers the whole list of a profile's speakers.
    ///
    /// History keeps its attribution.
    ///
    /// - Parameters:
    ///   - names: Full names; new speakers are welcome.
    ///   - name: The profile.
    /// - Returns: Its speakers, and which were taken from whom.
    /// - Throws: ``HouseholdError`` `not_found`, or `conflict` for `default`, which needs no mapping.
    public func setSpeakers(_ names: [String], ofProfile name: String) throws -> ProfileSpeakersView {
        let profile = try roster.profile(named: name, field: "name")
        let wanted = Set(
            try names.map { name throws(HouseholdError) in
                fullName(ofSpeaker: try SpeakerName.validated(name, field: "speakers"))
            })
        let before = Set(roster.speakerNames(of: profile))
        let taken = wanted.subtracting(before).reduce(into: [String: String]()) { taken, speaker in
            taken[speaker] = roster.owner(of: speaker)?.name
        }
        for speaker in wanted { try require(meet(speaker), named: speaker) }
        try store.write { store in
            for speaker in before.subtracting(wanted) { try store.mapSpeaker(speaker, toProfile: nil) }
            for speaker in wanted { try store.mapSpeaker(speaker, toProfile: profile.id) }
        }
        for speaker in before.subtracting(wanted) { roster.map(speaker, to: nil) }
        for speaker in wanted { roster.map(speaker, to: profile.id) }
        announce(profile)
        for loser in Set(taken.values).sorted() { if let loser = roster.profiles[loser] { announce(loser) } }
        showSpeakers()
        return ProfileSpeakersView(
            name: name, speakers: wanted.sorted(), taken: taken, released: before.subtracting(wanted).sorted())
    }

    func view(of profile: Profile) throws -> ProfileView {
        let memory = try memory(of: profile)
        return ProfileView(
            name: profile.name, displayName: profile.displayName, createdAt: profile.createdAt,
            speakers: roster.speakerNames(of: profile),
            stats: .init(
                eventCount: memory.stats.eventCount, trackCount: memory.stats.trackCount,
                lastListen: memory.stats.lastListen),
            taste: .init(
                version: memory.stamp.version, builtAt: memory.stamp.builtAt,
                topArtists: memory.summary?.topArtists ?? [],
                interests: memory.summary?.interests ?? []))
    }

    /// Tells what a profile's topic says now.
    func announce(_ profile: Profile) {
        guard let view = try? view(of: profile) else { return }
        observer.householdDid(.profileChanged(view))
    }

    private func require(_ speaker: Speaker?, named name: String) throws {
        guard speaker == nil else { return }
        throw HouseholdError.invalid("speakers", "\"\(name.prefix(80))\" cannot be a speaker's name")
    }
}

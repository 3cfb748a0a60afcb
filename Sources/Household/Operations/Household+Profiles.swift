import Foundation

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

    /// Removes a profile: its listens go to `default`, whose taste is rebuilt; its mappings and taste go.
    ///
    /// - Parameter name: Which.
    /// - Returns: How many listens went over.
    /// - Throws: ``HouseholdError`` `not_found`, or `conflict` for `default`.
    public func removeProfile(named name: String) throws -> ProfileRemovalView {
        let profile = try roster.profile(named: name, field: "name")
        guard !profile.isDefault else {
            throw HouseholdError(
                .conflict, "The profile \"default\" always exists and cannot be removed", field: "name")
        }
        let heir = roster.defaultProfile
        let count = try store.write { [time = now()] store in
            let count = try store.reassignListens(from: profile.id, to: heir.ownerID)
            try store.deleteProfile(profile.id)
            if count > 0 { try Self.rebuildTaste(of: heir, at: time, in: store) }
            return count
        }
        let released = roster.speakerNames(of: profile)
        roster.remove(profile)
        memories[profile.id] = nil
        memories[heir.id] = nil
        observer.householdDid(.profileRemoved(name: name))
        if count > 0 { try announceRebuild(of: heir, since: now()) }
        for speaker in released { shownSpeakers[speaker] = nil }
        showSpeakers()
        return ProfileRemovalView(name: name, eventCount: count)
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
        let wanted = Set(names.map(settings.resolved))
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
                version: memory.stamp.version, builtAt: memory.stamp.builtAt, topArtists: memory.topArtists))
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

import Foundation

/// Who and what is in the house: profiles, speakers, and which speaker is mapped to which profile.
///
/// It is small, and kept in memory whole.
struct Roster: Sendable {
    private(set) var profiles: [String: Profile] = [:]
    private(set) var speakers: [String: Speaker] = [:]
    private var ownerBySpeaker: [String: Profile.ID] = [:]
    /// Who shares each speaker that somebody decided about.
    private(set) var sharings: [String: Sharing] = [:]
    private var speakerByTopic: [String: String] = [:]
    /// In which order speakers were last heard or named since the start; those that were not stay out.
    private var activity: [String: Int] = [:]
    private var lastActivity = 0
    /// Names of profiles that somebody removed, as hashes.
    private var removedNames: Set<Int64> = []
    private var salt = Data()

    init() {}

    init(reading store: some HouseholdReading) throws {
        for profile in try store.profiles() { add(profile) }
        for speaker in try store.speakers() { add(speaker) }
        ownerBySpeaker = try store.speakerMappings()
        sharings = try store.sharings()
        removedNames = try store.removedProfileNames()
        salt = try store.salt()
    }

    /// Brings profiles, speakers and first mappings of the settings into the store. What is there already stays, and what
    /// somebody decided stays decided.
    static func seed(_ store: any HouseholdWriting, with settings: HouseholdSettings, at time: Date) throws {
        var roster = try Roster(reading: store)
        for name in settings.namedProfiles where roster.profiles[name] == nil && !roster.isRemoved(name) {
            roster.add(try store.insertProfile(name: name, displayName: name, createdAt: time))
        }
        for (name, profile) in settings.speakers.sorted(by: { $0.key < $1.key }) {
            if roster.speakers[name] == nil {
                let speaker = roster.newSpeaker(named: name)
                try store.saveSpeaker(speaker)
                roster.add(speaker)
            }
            if let profile, roster.isUndecided(name), let id = roster.profiles[profile]?.id {
                try store.mapSpeaker(name, toProfile: id)
                roster.map(name, to: id)
            }
        }
        try roster.seedSharings(store, with: settings)
    }

    /// Whether all that the settings name is here, so that ``seed(_:with:at:)`` would change nothing.
    func has(_ settings: HouseholdSettings) -> Bool {
        settings.namedProfiles.allSatisfy { profiles[$0] != nil || isRemoved($0) }
            && settings.speakers.allSatisfy { name, profile in
                speakers[name] != nil && profile.map { isRemoved($0) || !isUndecided(name) } ?? true
            }
            && settings.shared.keys.allSatisfy { isDecided($0) }
    }
}

// Shared speakers.
extension Roster {
    /// Whether somebody decided whose a speaker is.
    private func isDecided(_ speakerName: String) -> Bool {
        !isUndecided(speakerName) || sharings[speakerName] != nil
    }

    /// Sets who shares a speaker.
    mutating func share(_ speakerName: String, among sharing: Sharing) { sharings[speakerName] = sharing }

    private mutating func seedSharings(_ store: any HouseholdWriting, with settings: HouseholdSettings) throws {
        for (name, configured) in settings.shared.sorted(by: { $0.key < $1.key }) where !isDecided(name) {
            let sharing: Sharing =
                switch configured {
                case .everybody: .everybody
                case .profiles(let names): .profiles(names.compactMap { profiles[$0]?.id })
                }
            try store.setSharing(sharing, ofSpeaker: name)
            share(name, among: sharing)
        }
    }
}

// Decisions of people.
extension Roster {
    /// Whether no person decided about the owner of a speaker, so that the configuration applies.
    private func isUndecided(_ speakerName: String) -> Bool {
        ownerBySpeaker[speakerName] == nil && speakers[speakerName]?.isNobodys != true
    }

    /// Whether a person removed the profile with this name, and it was not added again.
    func isRemoved(_ name: String) -> Bool {
        profiles[name] == nil && !removedNames.isEmpty && removedNames.contains(hash(ofProfile: name))
    }

    /// The hash by which the name of a removed profile is recognised.
    func hash(ofProfile name: String) -> Int64 { SaltedHash.of("profile", [name], salt: salt) }

    /// The profiles that the settings name and that are not created, because somebody removed them.
    func refusedProfiles(of settings: HouseholdSettings) -> [String] { settings.namedProfiles.filter(isRemoved) }
}

// Profiles.
extension Roster {
    /// The profile that stands for everyone without one of their own.
    var defaultProfile: Profile {
        guard let profile = profiles[Profile.defaultName] else {
            preconditionFailure("The store has no default profile, which its third migration creates")
        }
        return profile
    }

    /// Finds a profile.
    ///
    /// - Throws: ``HouseholdError`` `not_found` that suggests similar names.
    func profile(named name: String, field: String = "profile") throws(HouseholdError) -> Profile {
        guard let profile = profiles[name] else {
            throw .unknown("There is no profile", name, among: profiles.keys, field: field)
        }
        return profile
    }

    func profile(id: Profile.ID) -> Profile? { profiles.values.first { $0.id == id } }

    /// The profile that an owner's listens count for; nil when it is gone.
    func profile(of owner: Owner) -> Profile? {
        switch owner {
        case .nobody: defaultProfile
        case .profile(let id): profile(id: id)
        }
    }

    /// The profiles that listens of these owners count for, each once, by name.
    func profiles(of owners: some Sequence<Owner>) -> [Profile] {
        Set(owners.compactMap(profile(of:))).sorted { $0.name < $1.name }
    }

    mutating func add(_ profile: Profile) {
        profiles[profile.name] = profile
        if !removedNames.isEmpty { removedNames.remove(hash(ofProfile: profile.name)) }
    }

    /// Removes a profile that somebody decided to remove.
    mutating func remove(_ profile: Profile) {
        removedNames.insert(hash(ofProfile: profile.name))
        profiles[profile.name] = nil
        ownerBySpeaker = ownerBySpeaker.filter { $0.value != profile.id }
        for case (let speaker, .profiles(let ids)) in sharings {
            sharings[speaker] = .profiles(ids.filter { $0 != profile.id })
        }
    }
}

// Speakers.
extension Roster {
    /// The profile that a speaker is mapped to.
    func owner(of speakerName: String?) -> Profile? {
        speakerName.flatMap { ownerBySpeaker[$0] }.flatMap(profile(id:))
    }

    /// Names of a profile's speakers, sorted.
    func speakerNames(of profile: Profile) -> [String] {
        ownerBySpeaker.filter { $0.value == profile.id }.keys.sorted()
    }

    /// The speaker with this topic level or this full name.
    func speaker(_ name: String) -> Speaker? {
        speakerByTopic[name].flatMap { speakers[$0] } ?? speakers[name]
    }

    /// The value of a speaker that is seen for the first time.
    func newSpeaker(named name: String) -> Speaker {
        Speaker(name: name, topic: Speaker.topic(for: name) { speakerByTopic[$0] != nil })
    }

    mutating func add(_ speaker: Speaker) {
        speakers[speaker.name] = speaker
        speakerByTopic[speaker.topic] = speaker.name
    }

    /// Notes that a speaker was heard or named.
    mutating func markActive(_ speakerName: String) {
        lastActivity += 1
        activity[speakerName] = lastActivity
    }

    /// Whether a speaker is silent longer than another one.
    func isSilentLonger(_ speaker: Speaker, than other: Speaker) -> Bool {
        (activity[speaker.name] ?? 0, speaker.name) < (activity[other.name] ?? 0, other.name)
    }

    mutating func remove(_ speaker: Speaker) {
        activity[speaker.name] = nil
        speakers[speaker.name] = nil
        speakerByTopic[speaker.topic] = nil
        ownerBySpeaker[speaker.name] = nil
        sharings[speaker.name] = nil
    }

    /// Maps a speaker to a profile, or to nobody.
    mutating func map(_ speakerName: String, to id: Profile.ID?) {
        ownerBySpeaker[speakerName] = id
        speakers[speakerName]?.isNobodys = id == nil
    }
}

/// Reads speakers and which profile each is mapped to.
public protocol SpeakerReading {
    /// All speakers ever seen or configured, by name.
    func speakers() throws -> [Speaker]
    /// Profile by speaker name.
    func speakerMappings() throws -> [String: Profile.ID]
}

/// Changes speakers and their mappings.
public protocol SpeakerWriting: SpeakerReading {
    /// Adds a speaker, or replaces what is stored of it.
    func saveSpeaker(_ speaker: Speaker) throws
    /// Removes a speaker with its mapping. Its listens keep its name.
    func deleteSpeaker(_ name: String) throws
    /// Maps a speaker to a profile, or to nobody, which is a decision as well.
    func mapSpeaker(_ name: String, toProfile id: Profile.ID?) throws
}

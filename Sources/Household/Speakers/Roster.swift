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

    init() {}

    init(reading store: some HouseholdReading) throws {
        for profile in try store.profiles() { add(profile) }
        for speaker in try store.speakers() { add(speaker) }
        ownerBySpeaker = try store.speakerMappings()
        sharings = try store.sharings()
    }

    /// Brings profiles, speakers and first mappings of the settings into the store. What is there already stays.
    static func seed(_ store: any HouseholdWriting, with settings: HouseholdSettings, at time: Date) throws {
        var roster = try Roster(reading: store)
        let named = settings.speakers.values.compactMap { $0 } + settings.profiles + settings.sharedProfiles
        for name in Set(named).sorted() where roster.profiles[name] == nil {
            roster.add(try store.insertProfile(name: name, displayName: name, createdAt: time))
        }
        for (name, profile) in settings.speakers.sorted(by: { $0.key < $1.key }) {
            if roster.speakers[name] == nil {
                let speaker = roster.newSpeaker(named: name)
                try store.saveSpeaker(speaker)
                roster.add(speaker)
            }
            if let profile, roster.ownerBySpeaker[name] == nil, let id = roster.profiles[profile]?.id {
                try store.mapSpeaker(name, toProfile: id)
                roster.map(name, to: id)
            }
        }
        try roster.seedSharings(store, with: settings)
    }

    /// Whether all that the settings name is here, so that ``seed(_:with:at:)`` would change nothing.
    func has(_ settings: HouseholdSettings) -> Bool {
        settings.profiles.allSatisfy { profiles[$0] != nil }
            && settings.speakers.allSatisfy { name, profile in
                speakers[name] != nil
                    && profile.map { profiles[$0] != nil && ownerBySpeaker[name] != nil } ?? true
            }
            && settings.shared.keys.allSatisfy { isDecided($0) }
    }
}

// Shared speakers.
extension Roster {
    /// Whether somebody decided whose a speaker is.
    private func isDecided(_ speakerName: String) -> Bool {
        ownerBySpeaker[speakerName] != nil || sharings[speakerName] != nil
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

    mutating func add(_ profile: Profile) { profiles[profile.name] = profile }

    mutating func remove(_ profile: Profile) {
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

    mutating func remove(_ speaker: Speaker) {
        speakers[speaker.name] = nil
        speakerByTopic[speaker.topic] = nil
        ownerBySpeaker[speaker.name] = nil
        sharings[speaker.name] = nil
    }

    mutating func map(_ speakerName: String, to id: Profile.ID?) { ownerBySpeaker[speakerName] = id }
}

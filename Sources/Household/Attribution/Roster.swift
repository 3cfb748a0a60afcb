import Foundation

/// Who and what is in the house: profiles, speakers, and which speaker is whose.
///
/// Small, and kept in memory whole.
struct Roster: Sendable {
    private(set) var profiles: [String: Profile] = [:]
    private(set) var speakers: [String: Speaker] = [:]
    private(set) var owners: [String: Int64] = [:]
    private var speakerByTopic: [String: String] = [:]

    init() {}

    init(reading store: some HouseholdReading) throws {
        for profile in try store.profiles() { add(profile) }
        for speaker in try store.speakers() { add(speaker) }
        owners = try store.speakerMappings()
    }

    /// Names of all profiles, sorted.
    var profileNames: [String] { profiles.keys.sorted() }

    /// The profile that stands for everyone without one of their own.
    var defaultProfile: Profile {
        guard let profile = profiles[Profile.defaultName] else {
            preconditionFailure("The store has no default profile, which its third migration creates")
        }
        return profile
    }

    func profile(named name: String, field: String = "profile") throws(HouseholdError) -> Profile {
        guard let profile = profiles[name] else {
            throw .unknownProfile(name, among: profileNames, field: field)
        }
        return profile
    }

    func profile(id: Int64?) -> Profile? {
        guard let id else { return nil }
        return profiles.values.first { $0.id == id }
    }

    /// The profile a speaker is mapped to.
    func owner(of speakerName: String?) -> Profile? {
        speakerName.flatMap { owners[$0] }.flatMap { profile(id: $0) }
    }

    /// The profiles that listens of these owners count for, by name; nil is nobody, which counts as `default`.
    func profiles(ofOwners owners: some Sequence<Int64?>) -> [Profile] {
        Set(owners.compactMap { $0 == nil ? defaultProfile : profile(id: $0) }).sorted { $0.name < $1.name }
    }

    /// Names of a profile's speakers, sorted.
    func speakerNames(of profile: Profile) -> [String] {
        owners.filter { $0.value == profile.id }.keys.sorted()
    }

    /// The speaker with this level in topics or this full name.
    func speaker(_ name: String) -> Speaker? {
        speakerByTopic[name].flatMap { speakers[$0] } ?? speakers[name]
    }

    /// The value for a speaker that nobody has seen yet.
    func newSpeaker(named name: String) -> Speaker {
        Speaker(name: name, topic: Speaker.topic(for: name) { speakerByTopic[$0] != nil })
    }

    /// Whether all that the settings name is here.
    func isFurnished(with settings: HouseholdSettings) -> Bool {
        settings.profiles.allSatisfy { profiles[$0] != nil }
            && settings.speakers.allSatisfy { name, profile in
                speakers[name] != nil && (profile == nil || owners[name] != nil)
            }
    }

    mutating func add(_ profile: Profile) { profiles[profile.name] = profile }

    mutating func remove(_ profile: Profile) {
        profiles[profile.name] = nil
        owners = owners.filter { $0.value != profile.id }
    }

    mutating func add(_ speaker: Speaker) {
        speakers[speaker.name] = speaker
        speakerByTopic[speaker.topic] = speaker.name
    }

    mutating func map(_ speakerName: String, to profileID: Int64?) { owners[speakerName] = profileID }
}

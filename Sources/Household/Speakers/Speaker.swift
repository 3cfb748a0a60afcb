import Foundation
public import Taste

/// Something that plays, as the store knows it.
public struct Speaker: Equatable, Sendable {
    /// Full name; for Home Assistant the entity id.
    public let name: String
    /// Name in topics: one level, safe, unique in this house.
    public let topic: String
    /// Whether guest mode is on: nothing that plays is stored.
    public var isGuest: Bool
    /// The guest's list that it plays. Plays of that list belong to nobody.
    public var guestPlaylistID: String?
    /// Number of tracks of its lists when a request does not say; nil leaves it to the settings.
    public var totalTracks: Int?
    /// Mode of its lists when a request does not say; nil is balanced.
    public var mode: RankingMode?
    /// Whether a person decided that it belongs to nobody. The configuration does not map it then.
    public var isNobodys: Bool
    /// Whether guest mode ends with the session, because somebody said that a guest is listening.
    public var isGuestForSession: Bool

    /// Creates the value of a stored row.
    public init(
        name: String, topic: String, isGuest: Bool = false, guestPlaylistID: String? = nil, totalTracks: Int? = nil,
        mode: RankingMode? = nil, isNobodys: Bool = false, isGuestForSession: Bool = false
    ) {
        self.name = name
        self.topic = topic
        self.isGuest = isGuest
        self.guestPlaylistID = guestPlaylistID
        self.totalTracks = totalTracks
        self.mode = mode
        self.isNobodys = isNobodys
        self.isGuestForSession = isGuestForSession
    }

    /// Makes a topic level of a name.
    ///
    /// The domain before the first `.` or `/` is left out unless another speaker has that topic already.
    ///
    /// - Parameters:
    ///   - name: Full name of the speaker.
    ///   - isTaken: Whether another speaker has a topic already.
    /// - Returns: Letters, digits, `_` and `-`.
    public static func topic(for name: String, isTaken: (String) -> Bool) -> String {
        let safe = { (text: Substring) in
            String(text.map { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") ? $0 : "_" })
        }
        let start = name.firstIndex { $0 == "." || $0 == "/" }.map { name.index(after: $0) } ?? name.startIndex
        let short = safe(name[start...])
        let long = safe(name[...])
        for candidate in [short, long] where !candidate.isEmpty && !isTaken(candidate) { return candidate }
        return (2...).lazy.map { "\(long)_\($0)" }.first { !isTaken($0) } ?? long
    }
}

/// The rule for names of speakers.
public enum SpeakerName {
    /// The rule, in words for a person.
    public static let rule = "1 to \(Limits.textLength) characters, none of them +, # or a control character"

    /// Returns the name if it follows the rule.
    ///
    /// - Parameters:
    ///   - name: The name.
    ///   - field: The field that it came in, for the error.
    /// - Returns: The same name.
    /// - Throws: ``HouseholdError`` `invalid` that states the rule.
    public static func validated(_ name: String, field: String = "speaker_name") throws(HouseholdError) -> String {
        let isBlank = name.allSatisfy(\.isWhitespace)
        let hasForbidden = name.unicodeScalars.contains { "+#".unicodeScalars.contains($0) || $0.value < 0x20 }
        guard !isBlank, !hasForbidden, name.count <= Limits.textLength else {
            throw .invalid(field, "\"\(name.prefix(80))\" cannot be a speaker's name: use \(rule)")
        }
        return name
    }
}

/// A speaker as a request names it: by full name, alias or topic level.
struct SpeakerReference: Sendable {
    let name: String
    /// The field that named it, for errors.
    let field: String
    /// A speaker that the input names beside that of its topic. It must be the same one.
    var named: [Self] = []
}

extension FieldReader {
    /// Reads a speaker, which may be called `speaker_name` or `speaker_entity`. The topic that the input came by names
    /// one, too, and a field must not name another.
    /// `name` is the one of the two that is documented for the operation.
    mutating func speaker(_ name: String = "speaker_name") throws(HouseholdError) -> SpeakerReference? {
        let documented = try text(name)
        return try speaker(name, documented)
    }

    /// Reads a speaker that must be named.
    mutating func requiredSpeaker() throws(HouseholdError) -> SpeakerReference {
        let name = "speaker_name"
        let documented = try textOfRequired(name)
        guard let speaker = try speaker(name, documented) else {
            throw .invalid(name, "\(name) is missing: it must be a text")
        }
        return speaker
    }

    private mutating func speaker(_ name: String, _ text: String?) throws(HouseholdError) -> SpeakerReference? {
        let other = name == "speaker_name" ? "speaker_entity" : "speaker_name"
        let alternative = try alias(other).map { SpeakerReference(name: $0, field: other) }
        let documented = text.map { SpeakerReference(name: $0, field: name) }
        if let speakerTopic {
            let named = [documented, alternative].compactMap { $0 }
            return SpeakerReference(name: speakerTopic, field: name, named: named)
        }
        guard let reference = documented ?? alternative else { return nil }
        _ = try SpeakerName.validated(reference.name, field: reference.field)
        return reference
    }
}

extension Household {
    /// Finds a speaker by its full name, an alias or its topic level.
    ///
    /// - Throws: ``HouseholdError`` `not_found` that suggests similar names and blames the field that named it.
    func speaker(_ reference: SpeakerReference) throws(HouseholdError) -> Speaker {
        guard let speaker = roster.speaker(settings.resolved(reference.name)) else {
            throw .unknown(
                "Nobody has seen or configured a speaker", reference.name, among: roster.speakers.keys,
                field: reference.field)
        }
        for other in reference.named where roster.speaker(settings.resolved(other.name)) != speaker {
            throw .invalid(
                other.field, "\(other.field) names another speaker than the topic, which is that of \(speaker.name)")
        }
        return speaker
    }

    /// The full name of a speaker that is called by an alias or its topic level; other names stay as they are.
    func fullName(ofSpeaker name: String) -> String {
        let name = settings.resolved(name)
        return roster.speaker(name)?.name ?? name
    }

    /// Adds a speaker that is heard or named for the first time.
    ///
    /// - Parameters:
    ///   - name: Its full name.
    ///   - kept: Names of speakers that are not removed to make room for it.
    /// - Returns: The speaker; nil when the name cannot be a speaker's, there are too many, or the store cannot be
    ///   written.
    @discardableResult
    func register(_ name: String, keeping kept: Set<String> = []) -> Speaker? {
        if let known = roster.speakers[name] {
            roster.markActive(name)
            return known
        }
        guard (try? SpeakerName.validated(name)) != nil, makeRoom(keeping: kept) else { return nil }
        let speaker = roster.newSpeaker(named: name)
        guard (try? store.write { try $0.saveSpeaker(speaker) }) != nil else { return nil }
        roster.add(speaker)
        roster.markActive(name)
        return speaker
    }

    /// Adds the speakers that are new among some names, in one transaction. Where there is no room for all of them, nothing
    /// is done: ``register(_:)`` makes room for each.
    func register(_ names: [String]) {
        var known = roster
        var new: [Speaker] = []
        for name in names where known.speakers[name] == nil && (try? SpeakerName.validated(name)) != nil {
            new.append(known.newSpeaker(named: name))
            known.add(new[new.count - 1])
        }
        guard new.count > 1, known.speakers.count <= Limits.speakers,
            (try? store.write { writing in try new.forEach { try writing.saveSpeaker($0) } }) != nil
        else { return }
        roster = known
    }

    /// How many speakers there may be besides those that are never removed to make room.
    func roomForSpeakers(besides others: Set<String>) -> Int {
        Limits.speakers - roster.speakers.values.count { !others.contains($0.name) && !isReplaceable($0) }
    }

    /// Makes room for one more speaker: at the limit, the unused one that is silent longest is removed.
    ///
    /// - Returns: Whether there is room.
    private func makeRoom(keeping kept: Set<String>) -> Bool {
        if roster.speakers.count < Limits.speakers { return true }
        let idle = roster.speakers.values.filter { isReplaceable($0) && !kept.contains($0.name) }
        guard let first = idle.min(by: roster.isSilentLonger) else { return false }
        return (try? remove(first)) != nil
    }

    /// Whether a speaker may be removed to make room for another one.
    private func isReplaceable(_ speaker: Speaker) -> Bool {
        isUnused(speaker) && plays.nowPlaying(on: speaker.name) == nil
    }

    /// Whether nobody gave a speaker an owner, people who share it, settings or a name in the configuration.
    func isUnused(_ speaker: Speaker) -> Bool {
        roster.owner(of: speaker.name) == nil && settings.speakers[speaker.name] == nil
            && roster.sharings[speaker.name, default: .profiles([])] == .profiles([])
            && speaker == Speaker(name: speaker.name, topic: speaker.topic)
    }

    /// Removes a speaker with its mapping and its settings.
    func remove(_ speaker: Speaker) throws {
        let owner = roster.owner(of: speaker.name)
        try store.write { try $0.deleteSpeaker(speaker.name) }
        roster.remove(speaker)
        speakerStates.forget(speaker.name)
        guests.setList(nil, on: speaker.name)
        observer.householdDid(.speakerRemoved(topic: speaker.topic))
        if let owner { report(owner) }
    }

    /// Stores a changed speaker and reports it.
    func save(_ speaker: Speaker) throws {
        try store.write { try $0.saveSpeaker(speaker) }
        roster.add(speaker)
        reportSpeakers()
    }
}

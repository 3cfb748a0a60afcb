public import Wire

/// Lists the speakers ever seen or configured, by name. Aliases are not listed.
public struct ListSpeakers: ImmediateOperation {
    public static let signature = OperationSignature("speaker/list", .get("/api/speakers"), writes: false)

    private let page: PageFields

    public init(_ fields: inout FieldReader) throws(HouseholdError) { page = try PageFields(&fields) }

    public func perform(in household: isolated Household) throws -> SpeakerPage {
        let names = household.roster.speakers.keys.filter { household.settings.aliases[$0] == nil }
        let (selected, next) = page.select(from: names)
        let speakers = selected.compactMap { household.roster.speakers[$0] }
        return SpeakerPage(speakers: speakers.map { household.view(of: $0) }, nextCursor: next)
    }
}

/// A page of speakers.
public struct SpeakerPage: Codable, Sendable {
    /// Speakers, by name.
    public var speakers: [SpeakerView]
    /// Where the next page begins; null at the end.
    @ExplicitNull public var nextCursor: String?
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
        return speaker
    }

    /// The full name of a speaker that is called by an alias or its topic level; other names stay as they are.
    func fullName(ofSpeaker name: String) -> String {
        let name = settings.resolved(name)
        return roster.speaker(name)?.name ?? name
    }

    /// Adds a speaker that is heard or named for the first time.
    ///
    /// - Returns: The speaker; nil when the name cannot be a speaker's, there are too many, or the store cannot be
    ///   written.
    @discardableResult
    func register(_ name: String) -> Speaker? {
        if let known = roster.speakers[name] { return known }
        guard (try? SpeakerName.validated(name)) != nil, hasRoom() else { return nil }
        let speaker = roster.newSpeaker(named: name)
        guard (try? store.write { try $0.saveSpeaker(speaker) }) != nil else { return nil }
        roster.add(speaker)
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

    /// Whether there is room for one more speaker, made if need be by one that was only heard of and plays nothing.
    private func hasRoom() -> Bool {
        if roster.speakers.count < Limits.speakers { return true }
        let idle = roster.speakers.values.filter { isUnused($0) && plays.nowPlaying(on: $0.name) == nil }
        guard let first = idle.min(by: { $0.name < $1.name }) else { return false }
        return (try? remove(first)) != nil
    }

    /// Whether nobody gave a speaker an owner, settings or a name in the configuration.
    func isUnused(_ speaker: Speaker) -> Bool {
        roster.owner(of: speaker.name) == nil && settings.speakers[speaker.name] == nil
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

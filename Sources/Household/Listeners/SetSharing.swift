/// Sets who shares a speaker. It has no owner any more then. Listens so far keep their profile.
public struct SetSharing: ImmediateOperation {
    public static let signature = OperationSignature(
        "speaker/shared", .put("/api/speakers/{speaker}/shared"), writes: true)

    /// The word that stands for every profile but `default`.
    private static let everybody = "all"
    /// The word that stands for those who share it by now, else for everybody.
    private static let shared = "shared"
    /// The word that stands for nobody.
    private static let off = "off"

    private let speaker: SpeakerReference
    private let names: [String]

    /// Shares a speaker among profiles, `["all"]`, or nobody.
    public init(_ names: [String], ofSpeaker name: String) {
        speaker = SpeakerReference(name: name, field: "speaker_name")
        self.names = names
    }

    public init(_ fields: inout FieldReader) throws(HouseholdError) {
        speaker = try fields.requiredSpeaker()
        names = try fields.texts("profiles") ?? []
    }

    /// - Throws: ``HouseholdError`` `not_found` for an unknown profile, `invalid` for `default`.
    public func perform(in household: isolated Household) throws -> SpeakerView {
        let speaker = try household.speaker(speaker)
        if names == [Self.shared], household.roster.isShared(speaker.name) { return household.view(of: speaker) }
        let sharing = try sharing(in: household.roster)
        let isShared = sharing != .profiles([])
        if household.roster.sharings[speaker.name] != sharing { try household.endSessions(on: [speaker.name]) }
        let loser = isShared ? household.roster.owner(of: speaker.name) : nil
        try household.store.write { store in
            try store.setSharing(sharing, ofSpeaker: speaker.name)
            if isShared { try store.mapSpeaker(speaker.name, toProfile: nil) }
        }
        household.roster.share(speaker.name, among: sharing)
        if isShared { household.roster.map(speaker.name, to: nil) }
        household.sharedListening.forget()
        if let loser { household.report(loser) }
        household.reportSpeakers()
        return household.view(of: speaker)
    }

    private func sharing(in roster: Roster) throws(HouseholdError) -> Sharing {
        if names == [Self.everybody] || names == [Self.shared] { return .everybody }
        let names = names == [Self.off] ? [] : Array(Set(names)).sorted()
        var ids: [Profile.ID] = []
        for name in names {
            let profile = try roster.profile(named: name, field: "profiles")
            guard !profile.isDefault else {
                throw .invalid("profiles", "default is nobody in particular and cannot share a speaker")
            }
            ids.append(profile.id)
        }
        return .profiles(ids)
    }
}

/// Maps a speaker to a profile, or to nobody. Listens so far keep their profile.
public struct SetSpeakerProfile: ImmediateOperation {
    public static let signature = OperationSignature(
        "speaker/profile", .put("/api/speakers/{speaker}/profile"), writes: true)

    private let speaker: SpeakerReference
    private let profile: String?

    public init(_ fields: inout FieldReader) throws(HouseholdError) {
        speaker = try fields.requiredSpeaker()
        profile = try fields.requiredTextOrNull("profile")
    }

    public func perform(in household: isolated Household) throws -> SpeakerView {
        let speaker = try household.speaker(speaker)
        let profile = try self.profile.map { name throws(HouseholdError) in try household.roster.profile(named: name) }
        let loser = household.roster.owner(of: speaker.name)
        try household.store.write { try $0.mapSpeaker(speaker.name, toProfile: profile?.id) }
        household.roster.map(speaker.name, to: profile?.id)
        for touched in [loser, profile].compactMap({ $0 }) { household.report(touched) }
        household.reportSpeakers()
        return household.view(of: speaker)
    }
}

public import Wire

/// Removes a speaker with its mapping and its settings. Its listens stay. A speaker that is heard again is new.
public struct RemoveSpeaker: ImmediateOperation {
    public static let signature = OperationSignature(
        "speaker/remove", .delete("/api/speakers/{speaker}"), writes: true)

    private let speaker: SpeakerReference

    public init(_ fields: inout FieldReader) throws(HouseholdError) { speaker = try fields.requiredSpeaker() }

    /// - Throws: ``HouseholdError`` `conflict` for a speaker that the configuration names.
    public func perform(in household: isolated Household) throws -> SpeakerRemovalView {
        let speaker = try household.speaker(speaker)
        guard household.settings.speakers[speaker.name] == nil else {
            throw HouseholdError(
                .conflict, "The configuration names \(speaker.name): remove it there first", field: self.speaker.field)
        }
        let owner = household.roster.owner(of: speaker.name)
        try household.remove(speaker)
        return SpeakerRemovalView(speakerName: speaker.name, profile: owner?.name)
    }
}

/// What removing a speaker did.
public struct SpeakerRemovalView: Codable, Equatable, Sendable {
    /// The speaker that is gone.
    public var speakerName: String
    /// The profile it was mapped to; null is nobody.
    @ExplicitNull public var profile: String?
}

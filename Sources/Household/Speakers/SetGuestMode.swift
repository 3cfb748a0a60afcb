/// Turns guest mode of a speaker on or off. Plays in guest mode are not stored.
public struct SetGuestMode: ImmediateOperation {
    public static let signature = OperationSignature(
        "speaker/guest", .put("/api/speakers/{speaker}/guest"), writes: true)

    private let speaker: SpeakerReference
    private let isGuest: Bool

    /// Asks for guest mode on a speaker.
    public init(_ isGuest: Bool, onSpeaker name: String) {
        speaker = SpeakerReference(name: name, field: "speaker_name")
        self.isGuest = isGuest
    }

    public init(_ fields: inout FieldReader) throws(HouseholdError) {
        speaker = try fields.requiredSpeaker()
        isGuest = try fields.requiredBoolean("guest")
    }

    public func perform(in household: isolated Household) throws -> SpeakerView {
        var speaker = try household.speaker(speaker)
        // The play in progress keeps its owner.
        household.markGuestPlay(on: speaker.name)
        speaker.isGuest = isGuest
        speaker.guestPlaylistID = nil
        try household.save(speaker)
        household.guests.setList(nil, on: speaker.name)
        household.sharedListening.endGuestMode(withSession: false, on: speaker.name, at: household.now())
        household.reportSpeakers()
        return household.view(of: speaker)
    }
}

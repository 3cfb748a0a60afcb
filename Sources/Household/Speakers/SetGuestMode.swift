/// Turns guest mode of a speaker on or off. Plays in guest mode are not stored.
public struct SetGuestMode: ImmediateOperation {
    public static let signature = OperationSignature(
        "speaker/guest", .put("/api/speakers/{speaker}/guest"), writes: true)

    private let speaker: SpeakerReference
    private let isGuest: Bool
    /// Whether it ends when nothing has played for as long as a session may pause.
    private let isForSession: Bool

    /// Asks for guest mode on a speaker.
    public init(_ isGuest: Bool, onSpeaker name: String) { self.init(isGuest, onSpeaker: name, forSession: false) }

    init(_ isGuest: Bool, onSpeaker name: String, forSession isForSession: Bool) {
        speaker = SpeakerReference(name: name, field: "speaker_name")
        self.isGuest = isGuest
        self.isForSession = isForSession
    }

    public init(_ fields: inout FieldReader) throws(HouseholdError) {
        speaker = try fields.requiredSpeaker()
        isGuest = try fields.requiredBoolean("guest")
        isForSession = false
    }

    public func perform(in household: isolated Household) throws -> SpeakerView {
        var speaker = try household.speaker(speaker)
        // The play in progress keeps its owner.
        household.markGuestPlay(on: speaker.name)
        speaker.isGuest = isGuest
        speaker.isGuestForSession = isForSession
        speaker.guestPlaylistID = nil
        try household.save(speaker)
        household.guests.setList(nil, on: speaker.name)
        household.sharedListening.markGuest(on: speaker.name, at: household.now())
        household.reportSpeakers()
        return household.view(of: speaker)
    }
}

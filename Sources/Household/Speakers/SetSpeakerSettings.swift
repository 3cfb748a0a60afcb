import Taste

/// Sets how the lists of a speaker are when a request does not say. What is omitted stays as it was.
public struct SetSpeakerSettings: ImmediateOperation {
    public static let signature = OperationSignature(
        "speaker/settings", .put("/api/speakers/{speaker}/settings"), writes: true)

    private let speaker: SpeakerReference
    private let totalTracks: Int?
    private let mode: RankingMode?

    public init(_ fields: inout FieldReader) throws(HouseholdError) {
        speaker = try fields.requiredSpeaker()
        totalTracks = try fields.integer("total_tracks", in: 1...Limits.playlistTracks)
        mode = try fields.choice("mode", of: RankingMode.self)
    }

    public func perform(in household: isolated Household) throws -> SpeakerView {
        var speaker = try household.speaker(speaker)
        speaker.totalTracks = totalTracks ?? speaker.totalTracks
        speaker.mode = mode ?? speaker.mode
        try household.save(speaker)
        return household.view(of: speaker)
    }
}

/// Everything the play tracker must know to go on after a restart.
public struct TrackerCheckpoint: Codable, Equatable, Sendable {
    /// Each speaker that plays something, by name.
    var speakers: [String: SpeakerTracker]

    /// A checkpoint of a silent house.
    public init() { speakers = [:] }

    init(_ speakers: [String: SpeakerTracker]) { self.speakers = speakers }
}

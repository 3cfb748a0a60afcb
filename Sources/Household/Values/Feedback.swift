public import Foundation
public import Taste

/// What somebody says of a track, about to be kept.
public struct NewFeedback: Equatable, Sendable {
    /// Whose lists it changes; `default` has a row id of its own here.
    public var profileID: Int64
    /// The track it is about.
    public var trackID: Int64
    /// What is said.
    public var verdict: Verdict
    /// When, to the millisecond.
    public var givenAt: Date
    /// Where the track was playing, if somewhere.
    public var speakerName: String?

    /// Creates feedback; its time is kept to the millisecond, as the store keeps it.
    public init(profileID: Int64, trackID: Int64, verdict: Verdict, givenAt: Date, speakerName: String?) {
        self.profileID = profileID
        self.trackID = trackID
        self.verdict = verdict
        self.givenAt = givenAt.wholeMilliseconds
        self.speakerName = speakerName
    }
}

/// What somebody said of a track, as it is kept.
public struct Feedback: Equatable, Sendable {
    /// Row id in the store; never given twice.
    public let id: Int64
    /// All that was said.
    public let given: NewFeedback
    /// Name of the profile.
    public let profileName: String
    /// Artist of the track.
    public let artist: String?
    /// Title of the track.
    public let title: String

    /// Creates the value of a stored row.
    public init(id: Int64, given: NewFeedback, profileName: String, artist: String?, title: String) {
        self.id = id
        self.given = given
        self.profileName = profileName
        self.artist = artist
        self.title = title
    }
}

public import Foundation
public import Taste

/// Feedback on a track that is about to be stored.
public struct NewFeedback: Equatable, Sendable {
    /// The profile whose lists it changes; `default` has an id of its own here.
    public var profileID: Profile.ID
    public var trackID: Track.ID
    /// What is said.
    public var verdict: Verdict
    /// When, to the millisecond.
    public var givenAt: Date
    /// The speaker that was playing the track, if one was.
    public var speakerName: String?

    /// Creates feedback. Its time is rounded to the millisecond, as the store keeps it.
    public init(profileID: Profile.ID, trackID: Track.ID, verdict: Verdict, givenAt: Date, speakerName: String?) {
        self.profileID = profileID
        self.trackID = trackID
        self.verdict = verdict
        self.givenAt = givenAt.wholeMilliseconds
        self.speakerName = speakerName
    }
}

/// Stored feedback on a track.
public struct Feedback: Equatable, Sendable {
    /// The id of stored feedback; never given twice.
    public typealias ID = RowID<Feedback>

    /// Row id in the store.
    public let id: ID
    /// What was said.
    public let given: NewFeedback
    public let profileName: String
    /// Artist of the track.
    public let artist: String?
    /// Title of the track.
    public let title: String

    /// Creates the value of a stored row.
    public init(id: ID, given: NewFeedback, profileName: String, artist: String?, title: String) {
        self.id = id
        self.given = given
        self.profileName = profileName
        self.artist = artist
        self.title = title
    }
}

/// Reads what people said of tracks.
public protocol FeedbackReading {
    /// The feedback with this id.
    func feedback(_ id: Feedback.ID) throws -> Feedback?
    /// What a profile said, or all of them when nil, the newest id first, below a row id.
    func feedback(ofProfile id: Profile.ID?, limit: Int, below cursor: Feedback.ID?) throws -> [Feedback]
    /// All that a profile said, in order of time.
    func feedback(ofProfile id: Profile.ID) throws -> [Feedback]
}

/// Stores what people said of tracks, and takes it back.
public protocol FeedbackWriting: FeedbackReading {
    /// Stores what was said. The same verdict on the same track is stored once, under its first id, with the new time.
    func saveFeedback(_ feedback: NewFeedback) throws -> Feedback.ID
    /// Deletes what was said under this id.
    func deleteFeedback(_ id: Feedback.ID) throws
}

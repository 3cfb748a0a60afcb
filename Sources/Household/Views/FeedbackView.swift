public import Foundation
public import Taste

/// What somebody said of a track, as every front door shows it.
public struct FeedbackView: Codable, Equatable, Sendable {
    /// What it is taken back by.
    public var id: Int64
    /// What was said.
    public var verdict: Verdict
    /// Whose lists it changes.
    public var profile: String
    /// The track.
    public var trackId: Int64
    /// Its title.
    public var title: String
    /// Its artist.
    @ExplicitNull public var artist: String?
    /// Where it was playing.
    @ExplicitNull public var speakerName: String?
    /// When it was said.
    public var createdAt: Date
    /// When it stops to count; null is never.
    @ExplicitNull public var expiresAt: Date?

    init(_ feedback: Feedback) {
        let given = feedback.given
        id = feedback.id
        verdict = given.verdict
        profile = feedback.profileName
        trackId = given.trackID
        title = feedback.title
        artist = feedback.artist
        speakerName = given.speakerName
        createdAt = given.givenAt
        expiresAt = given.verdict.lastsS.map(given.givenAt.addingTimeInterval)
    }
}

/// A page of feedback.
public struct FeedbackPage: Codable, Sendable {
    /// What was said, the newest first.
    public var feedback: [FeedbackView]
    /// Where the next page begins; null at the end.
    @ExplicitNull public var nextCursor: String?
}

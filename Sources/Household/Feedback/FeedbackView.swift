public import Foundation
public import Taste
public import Wire

/// Feedback in JSON.
public struct FeedbackView: Codable, Equatable, Sendable {
    /// The id that takes it back.
    public var id: Feedback.ID
    /// What was said.
    public var verdict: Verdict
    /// The profile whose lists it changes.
    public var profile: String
    /// Row id of the track.
    public var trackId: Track.ID
    /// Title of the track.
    public var title: String
    /// Artist of the track.
    @ExplicitNull public var artist: String?
    /// The speaker that was playing it.
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

/// Lists what people said of tracks, the newest first.
public struct ListFeedback: ImmediateOperation {
    public static let signature = OperationSignature("feedback/list", .get("/api/feedback"), writes: false)

    private let profile: String?
    private let page: PageFields

    public init(_ fields: inout FieldReader) throws(HouseholdError) {
        profile = try fields.text("profile")
        page = try PageFields(&fields)
    }

    public func perform(in household: isolated Household) throws -> FeedbackPage {
        let profile = try profile.map { name throws(HouseholdError) in try household.roster.profile(named: name) }
        let below = try page.rowID(of: Feedback.self)
        let rows = try household.store.read {
            try $0.feedback(ofProfile: profile?.id, limit: page.fetchCount, below: below)
        }
        let (items, next) = page.cut(rows) { "\($0.id)" }
        return FeedbackPage(feedback: items.map { FeedbackView($0) }, nextCursor: next)
    }
}

public struct FeedbackPage: Codable, Sendable {
    /// What was said, the newest first.
    public var feedback: [FeedbackView]
    /// Where the next page begins; null at the end.
    @ExplicitNull public var nextCursor: String?
}

/// Withdraws feedback.
public struct RemoveFeedback: ImmediateOperation {
    public static let signature = OperationSignature("feedback/remove", .delete("/api/feedback/{id}"), writes: true)

    private let id: Feedback.ID

    public init(_ fields: inout FieldReader) throws(HouseholdError) {
        id = try fields.requiredID("id", of: Feedback.self)
    }

    /// - Returns: What it was.
    public func perform(in household: isolated Household) throws -> FeedbackView {
        let feedback = try household.feedback(id)
        try household.store.write { try $0.deleteFeedback(id) }
        try household.refreshVerdicts(ofProfile: feedback.given.profileID)
        return FeedbackView(feedback)
    }
}

extension Household {
    /// - Throws: ``HouseholdError`` `not_found`.
    func feedback(_ id: Feedback.ID) throws -> Feedback {
        guard let feedback = try store.read({ try $0.feedback(id) }) else {
            throw HouseholdError(.notFound, "There is no feedback \(id)", field: "id")
        }
        return feedback
    }

    func refreshVerdicts(ofProfile id: Profile.ID) throws {
        try tastes.known(id)?.refreshVerdicts(ofProfile: id, in: store)
    }
}

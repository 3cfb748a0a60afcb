public import Foundation
public import Taste
public import Wire

/// Ranks tracks for a profile, for a vibe, or for both. It ranks, and does nothing else to the order.
public struct Recommend: HouseholdOperation {
    public static let signature = OperationSignature("recommend/get", .get("/api/recommendations"), writes: false)

    private let request: PlaylistRequest

    public init(_ fields: inout FieldReader) throws(HouseholdError) {
        var request = try PlaylistRequest(&fields)
        request.isGuestByVibe = false
        request.limit = try fields.integer("limit", in: 1...Limits.rankedTracks)
        request.at = try fields.time("at")
        request.pool = try fields.texts("pool", isTabbed: true).map { Pool(lines: $0) }
        self.request = request
    }

    public func run(in household: isolated Household) async throws -> RecommendationView {
        try await Self.rank(household.question(request), in: household.catalog)
    }

    /// Ranks outside of the household, so that other operations run meanwhile.
    @concurrent
    private static func rank(_ asked: PlaylistQuestion, in catalog: CatalogCache) async throws -> RecommendationView {
        let (wish, question, index) = try await catalog.read(asked)
        let request = question.request
        let ranking = try catalog.ranking(question, for: question.people.first, wish, in: index)
        let entries = try catalog.entries(
            index.rank(ranking), by: ranking, at: question.addressing, in: index)
        return RecommendationView(
            profile: question.owners.profile?.name, rule: question.owners.rule, vibe: request.vibe,
            understood: wish.vibe?.summary, sound: wish.sound.use, mode: question.mode, at: question.now,
            tracks: entries.enumerated().map {
                ListedTrackView(position: $0 + 1, entry: $1, isExplained: request.isExplained)
            }, notes: wish.vibe?.notes ?? [],
            removed: request.isExplained ? RemovedView(index.removed(by: ranking)) : nil)
    }
}

/// Ranked tracks in JSON.
public struct RecommendationView: Codable, Equatable, Sendable {
    /// The profile whose taste was read; null is nobody.
    @ExplicitNull public var profile: String?
    /// The rule that chose it.
    public var rule: AttributionRule
    /// The words that were asked for.
    @ExplicitNull public var vibe: String?
    /// How the words were understood.
    @ExplicitNull public var understood: String?
    /// Whether it is ranked by sound, too.
    public var sound: SoundUse
    /// Known or new music.
    public var mode: RankingMode
    /// The time it was answered for.
    public var at: Date
    /// Ranked tracks, the best first.
    public var tracks: [ListedTrackView]
    /// What a person should know, as in "only 7 tracks fit".
    public var notes: [String]
    /// How many tracks each filter took out; only where an explanation was asked for.
    public var removed: RemovedView?
}

public import Foundation
public import Taste
public import Wire

/// Who is listening at a shared speaker, in JSON.
public struct ListenerView: Codable, Equatable, Sendable {
    /// One kind of evidence.
    public struct Evidence: Codable, Equatable, Sendable {
        /// The kind: `said`, `voice`, `user`, `presence` or `likeness`.
        public var kind: AttributionRule
        /// How likely it alone makes the likeliest, 0 to 1.
        public var weight: Double

        /// What a judgement rests on, the heaviest first.
        static func list(_ judgement: ListenerJudgement, isSaid: Bool) -> [Evidence] {
            let said = isSaid ? [Evidence(kind: .said, weight: 1)] : []
            let others = judgement.weights.map { kind, weight in
                Evidence(kind: AttributionRule(kind), weight: (weight * 10_000).rounded() / 10_000)
            }
            return said + others.sorted { ($0.weight, $1.kind.rawValue) > ($1.weight, $0.kind.rawValue) }
        }
    }

    public var speakerName: String
    /// The likeliest profile; null is somebody else, or nobody knows.
    @ExplicitNull public var profile: String?
    /// How likely; null while there is no session.
    @ExplicitNull public var p: Double?
    /// What that amounts to.
    public var verdict: ListenerVerdict
    /// The rule that decided; null while nobody is assigned.
    @ExplicitNull public var rule: AttributionRule?
    /// Who shares the speaker, the likeliest first.
    public var likely: [LikelyProfile]
    /// What speaks for the likeliest.
    public var evidence: [Evidence]
    /// The session; null while there is none.
    @ExplicitNull public var session: ListenerSessionRow.ID?
    /// When it began.
    @ExplicitNull public var since: Date?
    /// Why, in sentences; only where somebody asks, and never retained.
    public var reasons: [String]?
}

extension Household {
    /// Who is listening at a shared speaker now; nil for a speaker that is not shared.
    func listenerView(of speakerName: String) -> ListenerView? {
        guard roster.isShared(speakerName) else { return nil }
        guard let open = sharedListening.book?.session(on: speakerName), open.session.goesOn(at: now()) else {
            return ListenerView(
                speakerName: speakerName, profile: nil, p: nil, verdict: .unknown, rule: nil, likely: [], evidence: [],
                session: nil, since: nil)
        }
        let session = open.session
        let presence = evidence.presence(of: session.people, in: settings.areas[speakerName], at: now())
        let judgement = session.judgement(
            at: now(), presence: presence?.logs, isEverybodyAway: presence?.isEverybodyAway ?? false)
        let opinion = ListenerOpinion(
            LikelyListener.list(judgement.posterior, of: session.people), isStrange: false, session: open.id)
        let belief = ListenBelief(
            eventID: "", said: session.saidNow, deciding: judgement.deciding, opinion: opinion)
        let isSaid = belief.rule == .said
        let first = opinion.likely.first
        let p = isSaid ? 1 : first?.p ?? 0
        let verdict: ListenerVerdict = isSaid ? .assigned : first?.profile == nil ? .unknown : ListenerVerdict(p)
        return ListenerView(
            speakerName: speakerName, profile: isSaid ? belief.profile : first?.profile, p: p, verdict: verdict,
            rule: verdict == .assigned ? belief.rule : nil, likely: opinion.likely,
            evidence: ListenerView.Evidence.list(judgement, isSaid: isSaid), session: open.id, since: session.beganAt)
    }

    /// A shared speaker.
    ///
    /// - Throws: ``HouseholdError`` `not_found` for an unknown speaker, `conflict` for one that is not shared.
    func sharedSpeaker(
        _ reference: SpeakerReference
    ) throws(HouseholdError) -> (speaker: Speaker, people: [String]) {
        let speaker = try speaker(reference)
        guard let people = roster.sharers(of: speaker.name) else {
            throw HouseholdError(
                .conflict, "\(speaker.name) is not shared: say first who shares it", field: reference.field)
        }
        return (speaker, people)
    }
}

/// Tells who is listening at a shared speaker.
public struct GetListener: ImmediateOperation {
    public static let signature = OperationSignature(
        "listener/get", .get("/api/speakers/{speaker}/listener"), writes: false)

    private let speaker: SpeakerReference

    /// Asks who is listening at a speaker.
    public init(onSpeaker name: String) { speaker = SpeakerReference(name: name, field: "speaker_name") }

    public init(_ fields: inout FieldReader) throws(HouseholdError) { speaker = try fields.requiredSpeaker() }

    public func perform(in household: isolated Household) throws -> ListenerView {
        let (speaker, people) = try household.sharedSpeaker(speaker)
        _ = try household.sessionBook()
        guard var view = household.listenerView(of: speaker.name) else {
            throw HouseholdError(.internal, "A shared speaker has a listener")
        }
        view.reasons = try household.reasons(for: view, sharedBy: people)
        return view
    }
}

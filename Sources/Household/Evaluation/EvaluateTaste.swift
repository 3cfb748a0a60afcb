import Foundation
public import Taste
public import Wire

extension Household {
    /// Asks of each profile's history what would have been recommended, and compares the answer with what was played
    /// next.
    ///
    /// It reads and computes for seconds, outside of the household's own queue.
    ///
    /// - Parameters:
    ///   - name: The profile; nil is all.
    ///   - progress: Told the profile, and how many of its questions were asked.
    /// - Returns: An evaluation of each profile.
    /// - Throws: ``HouseholdError`` `not_found` when the profile does not exist.
    @concurrent
    public nonisolated func evaluate(
        profile name: String?, progress: @Sendable (_ profile: String, _ done: Int, _ of: Int) -> Void
    ) async throws -> EvaluationPage {
        let profiles = try await profiles(named: name)
        let index = try catalog.index()
        let evaluations = try profiles.map { profile in
            let plays = try store.read { try $0.countedPlays(owner: profile.owner, before: nil) }
            let evaluation = index.evaluate(plays) { progress(profile.name, $0, $1) }
            return EvaluationView(
                profile: profile.name, plays: plays.count, familiar: evaluation.familiar,
                discovery: evaluation.discovery)
        }
        var shared: [Listen] = []
        try store.read { try $0.forEachListen(ListenSelection()) { if $0.event.opinion != nil { shared.append($0) } } }
        return EvaluationPage(evaluations: evaluations, listeners: ListenerEvaluationView(shared))
    }

    private func profiles(named name: String?) throws -> [Profile] {
        if let name { return [try roster.profile(named: name)] }
        return roster.profiles.values.sorted { $0.name < $1.name }
    }
}

/// How well a profile is known.
public struct EvaluationView: Codable, Sendable {
    public var profile: String
    /// Number of plays that the questions were made from.
    public var plays: Int
    /// Known tracks of the next seven days; null when the history is too short.
    @ExplicitNull public var familiar: EvaluationTable?
    /// New artists of the next sixty days; null when too few were found.
    @ExplicitNull public var discovery: EvaluationTable?
}

/// Evaluations of one profile or of all.
public struct EvaluationPage: Codable, Sendable {
    /// One for each profile, by name.
    public var evaluations: [EvaluationView]
    /// The listeners of shared speakers.
    public var listeners: ListenerEvaluationView
}

import Foundation
import Taste

/// Builds a profile's taste from all its listens.
public struct BuildTaste: HouseholdOperation {
    public static let signature = OperationSignature(
        "taste/build", .post("/api/profiles/{name}/build-taste"), writes: true)

    private let name: String

    /// Asks for a rebuild.
    public init(name: String) { self.name = name }

    public init(_ fields: inout FieldReader) throws(HouseholdError) { name = try fields.requiredText("name") }

    /// - Throws: ``HouseholdError`` `unavailable` while a taste of very many listens changes faster than it is rebuilt.
    public func run(in household: isolated Household) async throws -> TasteBuildView {
        let profile = try household.roster.profile(named: name, field: "name")
        if let view = try await household.rebuildAside(profile) { return view }
        guard let view = try household.rebuildAtOnce(household.roster.profile(named: name, field: "name")) else {
            throw HouseholdError(.unavailable, "The taste of \(name) changes all the time; try again later")
        }
        return view
    }
}

/// Builds every taste that lacks something that is stored. An import ends with it.
public struct RefreshTastes: HouseholdOperation {
    public static let signature = OperationSignature("taste/refresh", nil, writes: true, isOnMQTT: false)

    /// Asks for it.
    public init() {}

    public init(_ fields: inout FieldReader) throws(HouseholdError) {}

    public func run(in household: isolated Household) async throws -> [TasteBuildView] {
        try household.judgeWaitingListens()
        let profiles = household.roster.profiles.values.sorted { $0.name < $1.name }
        var views: [TasteBuildView] = []
        // An import ends with this.
        household.imports = ImportMatches()
        for profile in try household.tastes.stale(among: profiles, in: household.store) {
            if let view = try await household.rebuildAside(profile) { views.append(view) }
        }
        return views
    }
}

/// A rebuild of a taste.
public struct TasteBuildView: Codable, Equatable, Sendable {
    public var profile: String
    /// Version of the taste.
    public var version: Int
    /// Number of listens it is made of.
    public var eventCount: Int
    /// Time it took in milliseconds.
    public var durationMs: Double
}

extension Household {
    /// Reports tastes that were rebuilt in a transaction that is over.
    func reportRebuilds(of profiles: [Profile], since began: Date) throws {
        for profile in profiles { tastes.forget(profile.id) }
        sharedListening.forget()
        for profile in profiles { _ = try reportRebuild(of: profile, since: began) }
        refreshStaleTastes()
    }

    func reportRebuild(of profile: Profile, since began: Date) throws -> TasteBuildView {
        let taste = try tastes.taste(of: profile, in: store)
        let view = TasteBuildView(
            profile: profile.name, version: taste.stamp.version, eventCount: taste.stats.eventCount,
            durationMs: max(0, now().timeIntervalSince(began) * 1_000))
        observer.householdDid(.tasteRebuilt(view))
        report(profile)
        return view
    }
}

// The few names that sum a taste up.
extension Household {
    /// Sums up every taste that changed since it was last summed up, if the catalog's index is in memory: it is not built
    /// for this alone.
    @concurrent
    public nonisolated func refreshSummaries() async {
        guard let index = catalog.builtIndex else { return }
        for (profile, taste, version) in await outdatedSummaries() {
            await keep(index.summary(of: taste, now: now()), of: profile, version: version)
        }
    }

    private func outdatedSummaries() -> [(Profile, ProfileTaste, Int)] {
        roster.profiles.values.compactMap { profile in
            guard let memory = tastes.known(profile.id), memory.isSummaryOutdated else { return nil }
            return (profile, memory.taste, memory.stamp.version)
        }
    }

    private func keep(_ summary: TasteSummary, of profile: Profile, version: Int) {
        if tastes.known(profile.id)?.keep(summary, ofVersion: version) == true { report(profile) }
    }
}

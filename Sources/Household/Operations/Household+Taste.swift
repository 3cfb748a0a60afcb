import Foundation
import Taste

/// Tastes: derived from the listens, never the truth.
extension Household {
    /// Builds a profile's taste from all its listens.
    ///
    /// - Parameter name: Whose.
    /// - Returns: Of how many listens, and how long it took.
    /// - Throws: ``HouseholdError`` `not_found`.
    public func buildTaste(ofProfile name: String) throws -> TasteBuildView {
        let profile = try roster.profile(named: name, field: "name")
        let began = now()
        let clock = ContinuousClock.now
        try store.write { try Self.rebuildTaste(of: profile, at: began, in: $0) }
        counters.rebuilds.add(.now - clock)
        memories[profile.id] = nil
        return try announceRebuild(of: profile, since: began)
    }

    /// Sums up every taste that is not what it was when it was last summed up, as far as lists were asked for at all:
    /// an index is not built for this alone.
    @concurrent
    public nonisolated func refreshSummaries() async {
        guard let index = library.builtIndex else { return }
        for (profile, taste, version) in await outdatedSummaries() {
            await take(index.summary(of: taste, now: now()), of: profile, version: version)
        }
    }

    private func outdatedSummaries() -> [(Profile, ProfileTaste, Int)] {
        roster.profiles.values.compactMap { profile in
            guard let memory = memories[profile.id], memory.summaryVersion != memory.stamp.version else { return nil }
            return (profile, memory.taste, memory.stamp.version)
        }
    }

    private func take(_ summary: TasteSummary, of profile: Profile, version: Int) {
        guard let memory = memories[profile.id] else { return }
        memory.summaryVersion = version
        guard memory.summary != summary else { return }
        memory.summary = summary
        announce(profile)
    }

    /// Builds every taste that listens were imported for and that has not seen them yet.
    public func buildStaleTastes() throws { _ = try refreshTastes() }

    func refreshTastes() throws -> [TasteBuildView] {
        let stale = try roster.profiles.values.filter { try memory(of: $0).stamp.isStale }
        return try stale.sorted { $0.name < $1.name }.map { try buildTaste(ofProfile: $0.name) }
    }

    /// Replaces a stored taste by what the stored listens say.
    static func rebuildTaste(of profile: Profile, at time: Date, in store: any HouseholdWriting) throws {
        let taste = ProfileTaste.rebuilt(from: try store.countedPlays(owner: profile.ownerID, before: nil))
        try store.replaceTaste(taste, profile: profile.id)
        let version = try store.tasteStamp(ofProfile: profile.id).version + 1
        try store.saveTasteStamp(
            TasteStamp(version: version, builtAt: time.wholeMilliseconds), profile: profile.id)
    }

    /// Tells of tastes that were built anew in a transaction that is over.
    func announceRebuilds(of profiles: [Profile], since began: Date) throws {
        for profile in profiles { memories[profile.id] = nil }
        for profile in profiles { try announceRebuild(of: profile, since: began) }
    }

    @discardableResult
    func announceRebuild(of profile: Profile, since began: Date) throws -> TasteBuildView {
        let memory = try memory(of: profile)
        let view = TasteBuildView(
            profile: profile.name, version: memory.stamp.version, eventCount: memory.stats.eventCount,
            durationMs: max(0, now().timeIntervalSince(began) * 1_000))
        observer.householdDid(.tasteRebuilt(view))
        announce(profile)
        return view
    }
}

extension TasteChange {
    /// Writes the change to a stored taste.
    func save(ofProfile id: Int64, in store: any HouseholdWriting) throws {
        switch self {
        case .update(let trackID, let counters, let kernels):
            try store.saveCounters(counters, ofTrack: trackID, profile: id)
            if let kernels { try store.saveKernel(kernels, profile: id) }
        case .replace(let taste): try store.replaceTaste(taste, profile: id)
        case .nothing, .recount, .rebuild: break
        }
    }
}

import Foundation
import Taste

// Rebuilding a taste beside the house: it reads a snapshot of the store and computes on a thread of its own. Only what
// differs is written, in short transactions.
extension Household {
    private static let tries = 5

    /// Replaces a profile's taste by what the stored listens say, unless the taste changes all the time.
    ///
    /// - Returns: What was done; nil when each try met a change. A taste that was stale is so still then.
    /// - Throws: What the store throws.
    func rebuildAside(_ profile: Profile) async throws -> TasteBuildView? {
        for _ in 0..<Self.tries {
            guard roster.profile(id: profile.id) != nil else { return nil }
            let memory = try tastes.taste(of: profile, in: store)
            let mark = TasteMark(memory)
            let began = now()
            let start = ContinuousClock.now
            let taste = try await Self.rebuilt(profile, from: store)
            guard try await replaceTaste(of: profile, by: taste, ifUnchangedSince: mark, at: began) else { continue }
            counters.rebuilds.add(.now - start)
            return try reportRebuild(of: profile, since: began)
        }
        return nil
    }

    /// Replaces a profile's taste in one transaction, for one that changes too often to be rebuilt beside the house.
    ///
    /// - Returns: What was done; nil for a taste of so many listens that it would hold up the house. It is stale then.
    /// - Throws: What the store throws.
    func rebuildAtOnce(_ profile: Profile) throws -> TasteBuildView? {
        let began = now()
        let isStale = try store.write { store in
            try Tastes.rebuild(profile, at: began, in: store)
            return try store.tasteStamp(ofProfile: profile.id).isStale
        }
        tastes.forget(profile.id)
        return isStale ? nil : try reportRebuild(of: profile, since: began)
    }

    /// Rebuilds stale tastes in the background, one at a time. The pause between two rebuilds is so long that they take
    /// one tenth of a core at most.
    func refreshStaleTastes() {
        guard tastes.mayAnyBeStale, !tastes.isRefreshing else { return }
        tastes.isRefreshing = true
        Task {
            try? await Task.sleep(for: .seconds(Limits.rebuildDelayS))
            let start = ContinuousClock.now
            _ = try? await perform(RefreshTastes())
            try? await Task.sleep(for: (.now - start) * 9)
            tastes.isRefreshing = false
            refreshStaleTastes()
        }
    }

    @concurrent
    private static func rebuilt(_ profile: Profile, from store: MonitoredStore) async throws -> ProfileTaste {
        ProfileTaste.rebuilt(from: try store.read { try $0.countedPlays(owner: profile.owner, before: nil) })
    }

    /// Writes a rebuilt taste in several transactions, so that other operations run between them.
    ///
    /// - Returns: Whether it was written to the end. If not, the stored taste is stale.
    private func replaceTaste(
        of profile: Profile, by taste: ProfileTaste, ifUnchangedSince mark: TasteMark, at time: Date
    ) async throws -> Bool {
        guard mark.isCurrent(in: tastes, of: profile.id) else { return false }
        var isWhole = false
        // What is in memory is no longer what is stored, when a part was written.
        defer { if !isWhole { tastes.forget(profile.id) } }
        let changed = taste.counters.differences(from: mark.memory.taste.counters)
        var stamp = mark.memory.stamp
        for start in stride(from: 0, to: changed.count, by: Limits.tracksWrittenAtOnce) {
            guard mark.isCurrent(in: tastes, of: profile.id) else { return false }
            try store.write { store in
                if start == 0 { try store.markTasteStale(profile.id) }
                for id in changed[start..<min(start + Limits.tracksWrittenAtOnce, changed.count)] {
                    try store.save(taste.counters[id], ofTrack: id, profile: profile.id)
                }
            }
            await Task.yield()
        }
        guard mark.isCurrent(in: tastes, of: profile.id) else { return false }
        stamp = stamp.next(at: time)
        stamp.isStale = false
        try store.write { store in
            try store.save(taste.kernels, profile: profile.id)
            try store.saveTasteStamp(stamp, profile: profile.id)
        }
        mark.memory.replace(by: taste, stamp: stamp)
        isWhole = true
        return true
    }
}

/// A taste in memory at a moment.
private struct TasteMark {
    let memory: ProfileMemory
    private let changeCount: Int

    init(_ memory: ProfileMemory) {
        self.memory = memory
        changeCount = memory.changeCount
    }

    /// Whether the taste has not changed since.
    func isCurrent(in tastes: Tastes, of id: Profile.ID) -> Bool {
        tastes.known(id) === memory && memory.changeCount == changeCount
    }
}

extension [TrackID: PlayCounters] {
    /// The tracks whose counters are not the same in another taste.
    fileprivate func differences(from other: Self) -> [TrackID] {
        (filter { other[$0.key] != $0.value }.map(\.key) + other.keys.filter { self[$0] == nil }).sorted()
    }
}

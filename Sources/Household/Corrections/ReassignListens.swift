import Foundation
public import Wire

/// Gives listens to another profile. Listens that it has already do not count.
public struct ReassignListens: ImmediateOperation {
    public static let signature = OperationSignature("listen/reassign", .post("/api/history/reassign"), writes: true)

    private let filter: ListenFilter
    private let profile: String
    private let isDryRun: Bool

    public init(_ fields: inout FieldReader) throws(HouseholdError) {
        filter = try ListenFilter(&fields)
        profile = try fields.requiredText("to_profile")
        isDryRun = try fields.boolean("dry_run") ?? false
        try filter.requireCondition()
    }

    public func perform(in household: isolated Household) throws -> CorrectionView {
        let heir = try household.roster.profile(named: profile, field: "to_profile")
        var selection = try filter.selection(in: household)
        selection.otherThan = heir.owner
        let counts = try household.store.read { try $0.listenCounts(selection) }
        guard !isDryRun, !counts.isEmpty else { return CorrectionView(counts, undoID: nil, in: household.roster) }
        let undoID = try household.correct(selection, touching: counts.keys + [heir.owner]) { store, id in
            try store.reassignListens(ofCorrection: id, to: heir.owner, rule: .corrected)
        }
        return CorrectionView(counts, undoID: undoID, in: household.roster)
    }
}

/// Removes listens from history.
public struct RemoveListens: ImmediateOperation {
    public static let signature = OperationSignature("listen/remove", .post("/api/history/remove"), writes: true)

    private let filter: ListenFilter
    private let isPurge: Bool
    private let isDryRun: Bool

    public init(_ fields: inout FieldReader) throws(HouseholdError) {
        filter = try ListenFilter(&fields)
        isPurge = try fields.boolean("purge") ?? false
        isDryRun = try fields.boolean("dry_run") ?? false
        try filter.requireCondition()
    }

    /// Does it. A purge also forgets what was removed earlier, and cannot be undone.
    public func perform(in household: isolated Household) throws -> CorrectionView {
        let selection = try filter.selection(in: household)
        let counts = try household.store.read { try $0.listenCounts(selection) }
        guard !isDryRun, !counts.isEmpty || isPurge else {
            return CorrectionView(counts, undoID: nil, in: household.roster)
        }
        var tracks: [Track.ID] = []
        let undoID = try household.correct(
            selection, touching: Array(counts.keys),
            { store, id in
                try store.removeAndRemember(id)
                guard isPurge else { return }
                tracks = try store.trackIDs(ofCorrection: id)
                try store.purgeCorrection(id)
                try store.forgetRemovedListens(selection)
                try store.deleteRejected(naming: filter.names)
            }, afterwards: { try $0.deleteForgottenTracks(among: tracks) })
        var view = CorrectionView(counts, undoID: isPurge ? nil : undoID, in: household.roster)
        if isPurge { view.copies = try household.scrub() }
        return view
    }
}

extension ListenFilter {
    /// - Throws: ``HouseholdError`` `invalid` when it means all listens.
    fileprivate func requireCondition() throws(HouseholdError) {
        guard isEmpty else { return }
        throw HouseholdError(
            .invalid,
            "Say which listens are meant: at least one of speaker_name, since, until, artist, profile and session")
    }
}

extension Household {
    /// Corrects history in one transaction with the tastes that it changes.
    ///
    /// - Parameters:
    ///   - selection: The listens.
    ///   - owners: Who has them before or after.
    ///   - body: What becomes of them.
    ///   - afterwards: What is done when the tastes are rebuilt.
    /// - Returns: The undo id.
    /// - Throws: What the store throws; nothing is changed then.
    func correct(
        _ selection: ListenSelection, touching owners: [Owner],
        _ body: (any HouseholdWriting, Correction.ID) throws -> Void,
        afterwards: (any HouseholdWriting) throws -> Void = { _ in }
    ) throws -> String {
        let touched = roster.profiles(of: owners)
        let undoID = newID()
        let time = now()
        try store.write { store in
            try store.forgetCorrections(before: time.addingTimeInterval(-Limits.undoS))
            try body(store, store.beginCorrection(undoID: undoID, at: time, of: selection))
            for profile in touched { try Tastes.rebuild(profile, at: time, in: store) }
            try afterwards(store)
        }
        try reportRebuilds(of: touched, since: time)
        return undoID
    }

    /// Overwrites what a purge left behind on disk, and drops what is in memory of tracks that are gone.
    ///
    /// - Returns: Names of files beside the store that may still hold it.
    func scrub() throws -> [String] {
        invalidateCatalog()
        forgetEvents()
        try store.scrub()
        return store.copies
    }
}

extension Household {
    /// Forgets listens for good, with what they did to tastes.
    func purge(_ selection: ListenSelection) throws {
        defer { forgetEvents() }
        let counts = try store.read { try $0.listenCounts(selection) }
        guard !counts.isEmpty else { return }
        _ = try correct(selection, touching: Array(counts.keys)) { store, id in
            try store.removeListens(ofCorrection: id)
            try store.purgeCorrection(id)
            try store.forgetRemovedListens(selection)
        }
    }

    /// Forgets what is remembered in memory of what happened.
    fileprivate func forgetEvents() {
        ignored.forget()
        sharedListening.forget()
        observer.householdDid(.purged)
    }
}

/// A correction of history in JSON.
public struct CorrectionView: Codable, Equatable, Sendable {
    /// Number of listens that it changes.
    public var eventCount: Int
    /// The same by the profile that had them before; after an undo, by the profile that has them back.
    public var byProfile: [String: Int]
    /// What undoes it; null when nothing was done, or nothing can be undone.
    @ExplicitNull public var undoId: String?
    /// After a purge, names of files beside the store that may still hold what was purged.
    public var copies: [String]?

    init(_ counts: [Owner: Int], undoID: String?, in roster: Roster) {
        byProfile = counts.reduce(into: [:]) { byProfile, count in
            let profile = roster.profile(of: count.key) ?? roster.defaultProfile
            byProfile[profile.name, default: 0] += count.value
        }
        eventCount = counts.values.reduce(0, +)
        undoId = undoID
    }
}

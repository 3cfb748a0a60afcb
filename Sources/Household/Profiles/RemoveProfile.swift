import Foundation
public import Wire

/// Removes a profile: its listens go to `default`, or with it; its speakers and its taste go.
///
/// It is a correction of history like others, and can be undone like them.
public struct RemoveProfile: ImmediateOperation {
    /// What becomes of the listens.
    public enum Events: String, CaseIterable, Sendable {
        /// They go to `default`.
        case keep
        /// They go with the profile.
        case delete
    }

    public static let signature = OperationSignature("profile/remove", .delete("/api/profiles/{name}"), writes: true)

    private let name: String
    private let events: Events
    private let isPurge: Bool
    private let isDryRun: Bool

    /// Asks for the removal of a profile whose listens go to `default`.
    public init(name: String) { (self.name, events, isPurge, isDryRun) = (name, .keep, false, false) }

    public init(_ fields: inout FieldReader) throws(HouseholdError) {
        name = try fields.requiredText("name")
        events = try fields.choice("events", of: Events.self) ?? .keep
        isPurge = try fields.boolean("purge") ?? false
        isDryRun = try fields.boolean("dry_run") ?? false
    }

    /// - Throws: ``HouseholdError`` `conflict` for `default`.
    public func perform(in household: isolated Household) throws -> ProfileRemovalView {
        let profile = try household.roster.profile(named: name, field: "name")
        guard !profile.isDefault else {
            throw HouseholdError(
                .conflict, "The profile \"default\" always exists and cannot be removed", field: "name")
        }
        if !isDryRun { try household.endSessions(on: household.roster.speakersShared(by: profile.name)) }
        let selection = ListenSelection(owner: profile.owner)
        let count = try household.store.read { try $0.listenCounts(selection) }.values.reduce(0, +)
        guard !isDryRun else { return ProfileRemovalView(name: profile.name, eventCount: count, undoId: nil) }
        let heirs = events == .keep && count > 0 ? [household.roster.defaultProfile] : []
        let undoID = household.newID()
        let time = household.now()
        let nameHash = household.roster.hash(ofProfile: profile.name)
        let speakers = household.roster.speakerNames(of: profile)
        try household.store.write { store in
            try store.forgetCorrections(before: time.addingTimeInterval(-Limits.undoS))
            let id = try store.beginCorrection(undoID: undoID, at: time, of: selection)
            let tracks = isPurge ? try store.trackIDs(ofCorrection: id) : []
            switch events {
            case .keep: try store.reassignListens(ofCorrection: id, to: .nobody, rule: .default)
            case .delete: try store.removeAndRemember(id)
            }
            try store.removeProfile(profile, ofCorrection: id)
            try store.setRemovedProfileName(nameHash, true)
            if isPurge {
                try store.purgeCorrection(id)
                try store.forgetRemovedListens(selection)
                try store.deleteRejected(naming: [profile.name] + speakers)
            }
            for heir in heirs { try Tastes.rebuild(heir, at: time, in: store) }
            try store.deleteForgottenTracks(among: tracks)
        }
        try forget(profile, in: household)
        try household.reportRebuilds(of: heirs, since: time)
        var view = ProfileRemovalView(name: profile.name, eventCount: count, undoId: isPurge ? nil : undoID)
        if isPurge { view.copies = try household.scrub() }
        return view
    }

    /// Drops what is in memory of the profile, and reports that it is gone.
    private func forget(_ profile: Profile, in household: isolated Household) throws {
        household.roster.remove(profile)
        household.tastes.forget(profile.id)
        household.sharedListening.forget()
        household.observer.householdDid(.profileRemoved(name: profile.name))
        if isPurge {
            household.recentLists.forget()
            try household.speakerStates.forgetPlaylists(ofProfile: profile.name, in: household.store)
        }
        household.reportSpeakers()
    }
}

/// What removing a profile did.
public struct ProfileRemovalView: Codable, Equatable, Sendable {
    /// The profile that is gone.
    public var name: String
    /// Its listens, which went to `default` or are gone too.
    public var eventCount: Int
    /// What brings profile and listens back; null when nothing was done, or nothing can be undone.
    @ExplicitNull public var undoId: String?
    /// After a purge, names of files beside the store that may still hold what was purged.
    public var copies: [String]?
}

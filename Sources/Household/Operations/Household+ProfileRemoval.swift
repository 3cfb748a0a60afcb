import Foundation

/// Removing a profile: a correction of history like others, which takes the profile along.
extension Household {
    /// Removes a profile: its listens go to `default`, whose taste is rebuilt, or with it; its mappings and taste go.
    ///
    /// - Parameter removal: Which, and what becomes of its listens.
    /// - Returns: How many listens it had, and what brings all of it back.
    /// - Throws: ``HouseholdError`` `not_found`, or `conflict` for `default`.
    public func removeProfile(_ removal: ProfileRemoval) throws -> ProfileRemovalView {
        let profile = try roster.profile(named: removal.name, field: "name")
        guard !profile.isDefault else {
            throw HouseholdError(
                .conflict, "The profile \"default\" always exists and cannot be removed", field: "name")
        }
        let selection = ListenSelection(owner: .some(profile.ownerID))
        let count = try store.read { try $0.listenCounts(selection) }.values.reduce(0, +)
        guard !removal.isDryRun else { return ProfileRemovalView(name: profile.name, eventCount: count, undoId: nil) }
        let heirs = removal.events == .keep && count > 0 ? [roster.defaultProfile] : []
        let undoID = newID()
        let time = now()
        try store.write { store in
            try Self.forgetOldCorrections(at: time, in: store)
            let id = try store.beginCorrection(undoID: undoID, at: time, of: selection)
            switch removal.events {
            case .keep: try store.reassignListens(ofCorrection: id, to: nil, rule: .default)
            case .delete: try store.removeListens(ofCorrection: id)
            }
            try store.removeProfile(profile, ofCorrection: id)
            if removal.isPurge {
                try store.purgeCorrection(id)
                try store.forgetRemovedListens(selection)
            }
            for heir in heirs { try Self.rebuildTaste(of: heir, at: time, in: store) }
        }
        try forget(profile, isPurge: removal.isPurge)
        try announceRebuilds(of: heirs, since: time)
        return ProfileRemovalView(name: profile.name, eventCount: count, undoId: removal.isPurge ? nil : undoID)
    }

    /// Lets go of what is in memory of a profile that is gone, and says so.
    private func forget(_ profile: Profile, isPurge: Bool) throws {
        roster.remove(profile)
        memories[profile.id] = nil
        observer.householdDid(.profileRemoved(name: profile.name))
        if isPurge {
            for (speaker, list) in lastPlaylists where list.profile == profile.name {
                lastPlaylists[speaker] = try store.read { try $0.lastPlaylist(onSpeaker: speaker) }
                    .map(SpeakerView.LastPlaylist.init)
            }
        }
        showSpeakers()
    }
}

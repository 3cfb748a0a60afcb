import Foundation

/// Corrections of history. Each is one transaction with the tastes that it changes, and each can be undone.
extension Household {
    /// Gives listens to another profile, or takes them out.
    ///
    /// - Parameter request: Which listens, and what becomes of them.
    /// - Returns: How many, whose they were, and what undoes it. Listens that are already whose they should be do not
    ///   count.
    /// - Throws: ``HouseholdError`` `not_found` when a profile does not exist. Nothing is changed then.
    public func correct(_ request: CorrectionRequest) throws -> CorrectionView {
        var selection = try selection(request.filter)
        var heir: Profile?
        if case .reassign(let name) = request.change {
            let profile = try roster.profile(named: name, field: "to_profile")
            selection.otherThan = .some(profile.ownerID)
            heir = profile
        }
        let counts = try store.read { [selection] in try $0.listenCounts(selection) }
        let isPurge = request.change == .remove(isPurge: true)
        // A purge also forgets what was removed before.
        guard !request.isDryRun, !counts.isEmpty || isPurge else { return CorrectionView(counts, in: roster) }
        let touched = roster.profiles(ofOwners: [Int64?](counts.keys) + (heir.map { [$0.ownerID] } ?? []))
        let undoID = newID()
        let time = now()
        try store.write { [selection, heir] store in
            try Self.forgetOldCorrections(at: time, in: store)
            let id = try store.beginCorrection(undoID: undoID, at: time, of: selection)
            if let heir {
                try store.reassignListens(ofCorrection: id, to: heir.ownerID, rule: .payload)
            } else {
                try store.removeListens(ofCorrection: id)
            }
            if isPurge {
                try store.purgeCorrection(id)
                try store.forgetRemovedListens(selection)
            }
            for profile in touched { try Self.rebuildTaste(of: profile, at: time, in: store) }
        }
        try announceRebuilds(of: touched, since: time)
        return CorrectionView(counts, in: roster, undoID: isPurge ? nil : undoID)
    }

    /// Undoes a correction, or the removal of a profile: listens, tastes and profile are what they were.
    ///
    /// Listens that came in again since stay as they came, and speakers that were given to others stay with them.
    ///
    /// - Parameter undoID: What the correction answered.
    /// - Returns: How many listens each profile has back.
    /// - Throws: ``HouseholdError`` `not_found`, or `conflict` when it was undone already or something later stands in
    ///   the way. Nothing is changed then.
    public func undoCorrection(_ undoID: String) throws -> CorrectionView {
        let time = now()
        let undone = try store.write { store in
            let correction = try Self.undoableCorrection(undoID, at: time, in: store)
            if correction.removedProfile != nil { try store.restoreProfile(ofCorrection: correction.id) }
            let losers = try store.owners(ofCorrection: correction.id)
            let counts = try store.restoreListens(ofCorrection: correction.id)
            try store.endCorrection(correction.id, at: time)
            let roster = try Roster(reading: store)
            let winners = [Int64?](counts.keys) + (correction.removedProfile.map { [$0.ownerID] } ?? [])
            let touched = roster.profiles(ofOwners: losers.union(winners))
            for profile in touched { try Self.rebuildTaste(of: profile, at: time, in: store) }
            return (correction: correction, roster: roster, touched: touched, counts: counts)
        }
        roster = undone.roster
        try announceRebuilds(of: undone.touched, since: time)
        if let profile = undone.correction.removedProfile {
            observer.householdDid(.profileCreated(try view(of: profile)))
            showSpeakers()
        }
        return CorrectionView(undone.counts, in: roster)
    }

    /// The correction, if it can be undone.
    private static func undoableCorrection(
        _ undoID: String, at time: Date, in store: any HouseholdReading
    ) throws -> Correction {
        guard let correction = try store.correction(undoID: undoID),
            time.timeIntervalSince(correction.madeAt) <= Limits.undoS
        else {
            let days = Int(Limits.undoS / 86_400)
            throw HouseholdError(
                .notFound, "There is no correction \"\(undoID.prefix(80))\"; corrections are kept for \(days) days",
                field: "undo_id")
        }
        let refuse = { (reason: String) in HouseholdError(.conflict, reason, field: "undo_id") }
        guard correction.undoneAt == nil else { throw refuse("This correction was undone already") }
        if let later = try store.correction(afterSameListensAs: correction.id) {
            throw refuse("A later correction changed the same listens: undo \"\(later)\" first")
        }
        if let name = correction.removedProfile?.name, try store.profiles().contains(where: { $0.name == name }) {
            throw refuse("There is a new profile \"\(name)\" by now: remove it first")
        }
        let isReturning = correction.removedProfile != nil
        guard try isReturning || !store.isOwnerMissing(ofCorrection: correction.id) else {
            throw refuse("A profile that had these listens is gone: undo its removal first")
        }
        return correction
    }

    /// What a filter means to the store.
    func selection(_ filter: ListenFilter) throws -> ListenSelection {
        var selection = ListenSelection(
            speakerName: filter.speakerName.map(settings.resolved), since: filter.since, until: filter.until,
            artist: filter.artist)
        if let name = filter.profile { selection.owner = .some(try roster.profile(named: name).ownerID) }
        return selection
    }

    /// Lets go of what cannot be undone any more.
    static func forgetOldCorrections(at time: Date, in store: any HouseholdWriting) throws {
        try store.forgetCorrections(before: time.addingTimeInterval(-Limits.undoS))
    }
}

extension CorrectionView {
    /// Shows counts by owner.
    fileprivate init(_ counts: [Int64?: Int], in roster: Roster, undoID: String? = nil) {
        byProfile = counts.reduce(into: [:]) { byProfile, count in
            let owner = roster.profile(id: count.key) ?? roster.defaultProfile
            byProfile[owner.name, default: 0] += count.value
        }
        eventCount = counts.values.reduce(0, +)
        undoId = undoID
    }
}

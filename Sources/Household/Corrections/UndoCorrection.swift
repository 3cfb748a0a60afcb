import Foundation

/// Undoes a correction, or the removal of a profile: listens, tastes and profile are what they were.
///
/// Listens that were handed in again since stay as they are, and speakers that were mapped to others stay theirs.
public struct UndoCorrection: ImmediateOperation {
    public static let signature = OperationSignature("listen/undo", .post("/api/history/undo"), writes: true)

    private let undoID: String

    public init(_ fields: inout FieldReader) throws(HouseholdError) { undoID = try fields.requiredText("undo_id") }

    /// - Throws: ``HouseholdError`` `not_found`; `conflict` when it was undone already, or a later change must be undone
    ///   first.
    public func perform(in household: isolated Household) throws -> CorrectionView {
        let time = household.now()
        let nameHash = household.roster.hash(ofProfile:)
        let (correction, roster, touched, counts) = try household.store.write { store in
            let correction = try self.correction(at: time, in: store)
            if let profile = correction.removedProfile {
                try store.restoreProfile(ofCorrection: correction.id)
                try store.setRemovedProfileName(nameHash(profile.name), false)
            }
            let losers = try store.owners(ofCorrection: correction.id)
            let counts = try store.restoreListens(ofCorrection: correction.id)
            try store.endCorrection(correction.id, at: time)
            let roster = try Roster(reading: store)
            let winners = Set(counts.keys).union(correction.removedProfile.map { [$0.owner] } ?? [])
            let touched = roster.profiles(of: losers.union(winners))
            for profile in touched { try Tastes.rebuild(profile, at: time, in: store) }
            return (correction, roster, touched, counts)
        }
        household.roster = roster
        try household.reportRebuilds(of: touched, since: time)
        if let profile = correction.removedProfile {
            household.observer.householdDid(.profileCreated(try household.view(of: profile)))
            household.reportSpeakers()
        }
        return CorrectionView(counts, undoID: nil, in: roster)
    }

    /// The correction, if it can be undone.
    private func correction(at time: Date, in store: any HouseholdReading) throws -> Correction {
        guard let correction = try store.correction(undoID: undoID),
            time.timeIntervalSince(correction.madeAt) <= Limits.undoS
        else {
            let days = Int(Limits.undoS / 86_400)
            throw HouseholdError(
                .notFound, "There is no correction \"\(undoID.prefix(80))\"; corrections are kept for \(days) days",
                field: "undo_id")
        }
        if let reason = try obstacle(to: correction, in: store) {
            throw HouseholdError(.conflict, reason, field: "undo_id")
        }
        return correction
    }

    /// What stands in the way, in words for a person.
    private func obstacle(to correction: Correction, in store: any HouseholdReading) throws -> String? {
        guard correction.undoneAt == nil else { return "This correction was undone already" }
        if let later = try store.correction(afterSameListensAs: correction.id) {
            return "A later correction changed the same listens: undo \"\(later)\" first"
        }
        guard let profile = correction.removedProfile else {
            return try store.isOwnerMissing(ofCorrection: correction.id)
                ? "A profile that had these listens is gone: undo its removal first" : nil
        }
        return try store.profiles().contains { $0.name == profile.name }
            ? "There is a new profile \"\(profile.name)\" by now: remove it first" : nil
    }
}

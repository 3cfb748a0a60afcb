public import Foundation

/// A change of the history. It can be undone for ``Limits/undoS`` seconds.
public struct Correction: Equatable, Sendable {
    /// The id of a stored correction; grows with time.
    public typealias ID = RowID<Correction>

    /// Row id in the store.
    public let id: ID
    /// When it was made.
    public let madeAt: Date
    /// When it was undone, if it was.
    public let undoneAt: Date?
    /// The profile that was removed with it, if one was.
    public let removedProfile: Profile?

    /// Creates the value of a stored row.
    public init(id: ID, madeAt: Date, undoneAt: Date?, removedProfile: Profile?) {
        self.id = id
        self.madeAt = madeAt
        self.undoneAt = undoneAt
        self.removedProfile = removedProfile
    }
}

/// Reads corrections that can be undone.
public protocol CorrectionReading {
    /// The correction with this undo id.
    func correction(undoID: String) throws -> Correction?
    /// The undo id of the newest later correction that changed one of the same listens and was not undone.
    func correction(afterSameListensAs id: Correction.ID) throws -> String?
    /// Who has the listens of a correction now. Removed ones have no owner.
    func owners(ofCorrection id: Correction.ID) throws -> Set<Owner>
    /// Each listen of a correction as it was before; nothing is kept in memory.
    func forEachListen(ofCorrection id: Correction.ID, _ body: (Listen) throws -> Void) throws
    /// Whether a listen of a correction belonged to a profile that does not exist any more.
    func isOwnerMissing(ofCorrection id: Correction.ID) throws -> Bool
}

/// Corrects history, and undoes it. A correction works on the listens that were selected when it began.
public protocol CorrectionWriting: CorrectionReading {
    /// Begins a correction: keeps a copy of the selected listens.
    func beginCorrection(undoID: String, at time: Date, of selection: ListenSelection) throws -> Correction.ID
    /// Gives its listens to another owner, by a rule.
    func reassignListens(ofCorrection id: Correction.ID, to owner: Owner, rule: AttributionRule) throws
    /// Removes its listens from history.
    func removeListens(ofCorrection id: Correction.ID) throws
    /// Removes a profile with its mappings and its taste. Its feedback and its token are kept until the correction is
    /// forgotten.
    func removeProfile(_ profile: Profile, ofCorrection id: Correction.ID) throws
    /// Tracks of its listens.
    func trackIDs(ofCorrection id: Correction.ID) throws -> [Track.ID]
    /// Removes those of the tracks that only deleted listens named.
    func deleteForgottenTracks(among ids: [Track.ID]) throws
    /// Forgets a correction, and the copies that earlier corrections kept of the listens that it removed. It cannot be
    /// undone any more.
    func purgeCorrection(_ id: Correction.ID) throws
    /// Forgets the copies that corrections kept of selected listens that are not in history any more.
    func forgetRemovedListens(_ selection: ListenSelection) throws
    /// Restores the removed profile with its mappings, except those of speakers that are mapped to others by now.
    func restoreProfile(ofCorrection id: Correction.ID) throws
    /// Restores its listens, except those that were handed in again since, and forgets that they were removed.
    ///
    /// - Returns: How many listens each owner has back.
    func restoreListens(ofCorrection id: Correction.ID) throws -> [Owner: Int]
    /// Marks a correction as undone and drops its copies.
    func endCorrection(_ id: Correction.ID, at time: Date) throws
    /// Forgets the corrections from before a time.
    func forgetCorrections(before time: Date) throws
}

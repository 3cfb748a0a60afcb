public import Foundation

/// Reads what was corrected and can be undone.
public protocol CorrectionReading {
    /// The correction with this undo id.
    func correction(undoID: String) throws -> Correction?
    /// The undo id of the newest correction after this one that touched one of its listens and still stands.
    func correction(afterSameListensAs id: Int64) throws -> String?
    /// Who has the listens now that this correction touched; nil is nobody. Removed ones have no owner.
    func owners(ofCorrection id: Int64) throws -> Set<Int64?>
    /// Whether a listen of this correction belonged to a profile that is not there any more.
    func isOwnerMissing(ofCorrection id: Int64) throws -> Bool
}

/// Corrects history, and undoes it.
///
/// Whatever a correction does, it does to the listens that it kept as they were when it began.
public protocol CorrectionWriting: CorrectionReading {
    /// Begins a correction: keeps the selected listens as they are.
    func beginCorrection(undoID: String, at time: Date, of selection: ListenSelection) throws -> Int64
    /// Gives its listens to another owner, by a rule.
    func reassignListens(ofCorrection id: Int64, to owner: Int64?, rule: AttributionRule) throws
    /// Takes its listens out of history.
    func removeListens(ofCorrection id: Int64) throws
    /// Removes a profile with its mappings and its taste; what people said of tracks and its token wait for an undo.
    func removeProfile(_ profile: Profile, ofCorrection id: Int64) throws
    /// Forgets a correction, so that it cannot be undone, and what earlier ones kept of the listens that it removed.
    func purgeCorrection(_ id: Int64) throws
    /// Forgets what corrections kept of selected listens that are out of history, whenever they were removed.
    func forgetRemovedListens(_ selection: ListenSelection) throws
    /// Brings a profile back with its mappings, except to speakers that were given to others since.
    func restoreProfile(ofCorrection id: Int64) throws
    /// Brings its listens back to what they were, except those that came in again since.
    ///
    /// - Returns: How many each owner has back; nil is nobody.
    func restoreListens(ofCorrection id: Int64) throws -> [Int64?: Int]
    /// Says that a correction is undone, and lets go of what it kept.
    func endCorrection(_ id: Int64, at time: Date) throws
    /// Lets go of corrections from before a time, for good.
    func forgetCorrections(before time: Date) throws
}

import Foundation
import Taste

/// What became of one listen within its transaction.
struct Recording {
    /// The stored listen, or the one it repeats; nil for one that somebody removed.
    let listen: Listen?
    /// Whether it was stored before.
    let isDuplicate: Bool
    /// The track, when this listen is the first that the catalog learns of it.
    private(set) var addedTrack: Track?
    /// What the listen changed in its profile's taste.
    private(set) var tasteChange = TasteChange.nothing

    /// Whether it is in the store since now.
    var isNew: Bool { listen != nil && !isDuplicate }

    /// Stores a listen, unless it is there already or was removed, and what it changes in the taste of its profile.
    ///
    /// - Parameters:
    ///   - report: What was heard, and who has it.
    ///   - profile: The profile whose taste it counts for.
    ///   - taste: That taste as it is stored.
    ///   - matches: The listens that earlier reports of the same batch were matched with.
    ///   - store: The transaction.
    /// - Throws: What the store throws.
    init(
        _ report: NewListen, countingFor profile: Profile, _ taste: ProfileMemory, _ matches: inout ListenMatches,
        in store: any HouseholdWriting
    ) throws {
        if let same = try store.listen(eventID: report.eventID) {
            (listen, isDuplicate) = (same, true)
            return
        }
        switch try matches.find(report, of: profile.name, in: store) {
        case .stored(let id): (listen, isDuplicate) = (try store.listen(id), true)
        case .removed: (listen, isDuplicate) = (nil, true)
        case .new(let trackID, let added):
            let id = try store.insertListen(report, trackID: trackID)
            matches.take(id)
            let stored = Listen(
                id: id, trackID: trackID, event: report, profileName: report.owner == .nobody ? nil : profile.name)
            (listen, isDuplicate) = (stored, false)
            addedTrack = added
            tasteChange = try taste.change(by: stored, of: profile, in: store)
        }
    }
}

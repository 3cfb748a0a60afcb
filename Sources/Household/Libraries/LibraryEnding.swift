import Foundation

// How a reading of a library ends: addresses move and go, a person is asked, or it failed.
extension Household {
    /// Addresses that one transaction moves or removes.
    private static let addressesAtOnce = 2_000

    /// Decides whether addresses may move and go.
    ///
    /// - Parameters:
    ///   - job: The reading.
    ///   - isWhole: Whether what was read is what the library has now.
    /// - Returns: false when the library must be read again, or a person must say that more than half of it may go.
    /// - Throws: What the store throws; `CancellationError` for a library that is not configured any more.
    func isToEnd(_ job: inout LibraryJob, isWhole: Bool) throws -> Bool {
        try checkIsCurrent(job)
        let (name, generation) = (job.stored.name, job.stored.generation)
        let lost = isWhole ? try store.read { try $0.tracksLost(byLibrary: name, generation: generation) } : 0
        let before = job.stored.reading?.tracksBefore ?? 0
        let needsConfirmation = isWhole && !job.isConfirmed && lost * 2 > before
        if isWhole, !needsConfirmation { return true }
        var stored = job.stored
        (stored.reading, stored.revision, stored.needsConfirmation) = (nil, nil, needsConfirmation)
        stored.problem =
            needsConfirmation
            ? """
            \(lost) of its \(before) tracks are gone. If that is right, confirm it: haunt library sync \(name) --confirm. \
            Until then they keep their addresses
            """ : nil
        try store.write { store in
            stored.tracks = try store.trackCount(ofLibrary: name)
            try store.saveLibrary(stored)
        }
        finish(stored)
        return false
    }

    /// Gives some addresses to the tracks that have them now, and removes some that the library has no more.
    ///
    /// - Returns: Whether there may be more.
    func moveSome(_ job: inout LibraryJob) throws -> Bool {
        try checkIsCurrent(job)
        let (name, generation) = (job.stored.name, job.stored.generation)
        let (moved, removed) = try store.write { store in
            let moved = try store.moveAddresses(ofLibrary: name, generation: generation, limit: Self.addressesAtOnce)
            return (
                moved,
                try store.removeAddresses(ofLibrary: name, before: generation, limit: Self.addressesAtOnce - moved)
            )
        }
        libraries.times.hasNews = libraries.times.hasNews || moved + removed > 0
        job.moved += moved
        job.removed += removed
        return moved + removed >= Self.addressesAtOnce
    }

    /// Ends a reading: the catalog has what the library has.
    func endReading(_ job: LibraryJob) throws {
        try checkIsCurrent(job)
        var stored = job.stored
        stored.revision = job.isTold ? stored.reading?.revision : nil
        (stored.reading, stored.problem, stored.needsConfirmation, stored.syncedAt) = (nil, nil, false, now())
        try store.write { store in
            stored.tracks = try store.trackCount(ofLibrary: stored.name)
            try store.saveLibrary(stored)
        }
        let view = LibrarySyncView(
            name: stored.name, added: job.counts.added, known: job.counts.known, moved: job.moved,
            removed: job.removed, skipped: job.skipped, tracks: stored.tracks,
            tookS: (ContinuousClock.now - job.began) / .seconds(1))
        finish(stored)
        observer.householdDid(.librarySynced(view))
    }

    func finish(_ stored: StoredLibrary) {
        libraries.set(stored)
        libraries.set(nil, of: stored.name)
        dropIndex()
        dropSounds()
        reportLibrary(stored.name)
    }

    /// Drops the vectors of sound that are in memory, if any were stored since they were dropped last.
    private func dropSounds() {
        if libraries.times.hasNewSounds { catalog.sounds.forget() }
        libraries.times.hasNewSounds = false
    }

    /// Drops the catalog's index, if anything was stored since it was dropped last.
    func dropIndex() {
        if libraries.times.hasNews { invalidateCatalog() }
        libraries.times.hasNews = false
    }

    /// Ends a reading that could not be made. The store keeps what was read, and where the reading was.
    ///
    /// - Parameters:
    ///   - name: The library.
    ///   - error: What was thrown; nil when the daemon stops or the library is configured anew.
    func failSync(of name: String, _ error: (any Error)?) {
        libraries.set(nil, of: name)
        if let error, var stored = libraries.stored(name) {
            stored.problem = Self.words(error)
            // A store that cannot be written has told so itself.
            try? store.write { store in
                stored.tracks = try store.trackCount(ofLibrary: name)
                try store.saveLibrary(stored)
            }
            libraries.set(stored)
        }
        dropIndex()
        dropSounds()
        reportLibrary(name)
    }

    private static func words(_ error: any Error) -> String {
        switch error {
        case let problem as LibraryProblem: problem.message
        case let error as HouseholdError: error.message
        default: "The library cannot be read: \(error)"
        }
    }

    func reportLibrary(_ name: String) {
        if let view = libraries[name] { observer.householdDid(.libraryChanged(view)) }
    }
}

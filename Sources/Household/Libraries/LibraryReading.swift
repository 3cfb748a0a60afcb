import Foundation
import Listening

// The steps of ``LibrarySync`` that need the household. Each is one short transaction.
extension Household {
    /// Tracks that one transaction stores.
    private static let batch = 250
    /// Addresses that one transaction moves or removes.
    private static let addresses = 2_000
    /// How often the catalog's index is dropped while a library is read, in seconds.
    private static let indexS = 10.0
    /// How often progress is reported, in seconds.
    private static let progressS = 1.0

    /// Takes the request to read a library.
    func beginSync(of name: String) -> SyncWish {
        let wish = libraries.takeWish(of: name)
        reportLibrary(name)
        return wish
    }

    /// Begins to read a library, or goes on.
    ///
    /// - Parameter revision: What the library says stands in it now.
    /// - Returns: nil when the catalog has what stands in it.
    func beginReading(_ name: String, at revision: String?, _ wish: SyncWish) throws -> LibraryJob? {
        guard var stored = libraries.stored(name), let settings = settings.libraries.first(where: { $0.name == name })
        else { throw CancellationError() }
        let place = settings.fingerprint
        let key = LibraryJob.key(revision, place)
        if revision != nil, stored.revision == key, stored.reading == nil, !stored.needsConfirmation {
            return try endUnchanged(stored)
        }
        let isResumed = stored.reading?.revision == key && stored.reading?.position != nil
        try store.write { store in
            try store.removeUnplayedDemoTracks()
            if !isResumed {
                stored.generation += 1
                stored.reading = .init(
                    position: nil, revision: key, tracksBefore: try store.trackCount(ofLibrary: name))
            }
            try store.saveLibrary(stored)
        }
        libraries.set(stored)
        return LibraryJob(
            stored: stored, place: place, isTold: revision != nil, isResumed: isResumed, isConfirmed: wish.isConfirmed)
    }

    private func endUnchanged(_ library: StoredLibrary) throws -> LibraryJob? {
        var stored = library
        (stored.syncedAt, stored.problem) = (now(), nil)
        try store.write { try $0.saveLibrary(stored) }
        finish(stored)
        return nil
    }

    /// Stores a page.
    ///
    /// - Throws: ``LibraryProblem`` for a library that has too many tracks, or does not come forward; what the store throws.
    func takeIn(_ page: LibraryPage, of job: LibraryJob) throws -> LibraryJob {
        guard libraries.stored(job.stored.name) != nil else { throw CancellationError() }
        guard page.next == nil || page.next != job.position else {
            throw LibraryProblem(.malformed, "The library answers the same page again and again")
        }
        var job = job
        let time = now()
        let tracks = page.tracks.filter { $0.problem(at: time) == nil }
        job.skipped += page.tracks.count - tracks.count
        job.total = page.total ?? job.total
        job.stored.reading?.read += page.tracks.count
        guard job.stored.reading?.read ?? 0 <= Limits.libraryTracks else {
            throw LibraryProblem(.malformed, "The library has more than \(Limits.libraryTracks) tracks")
        }
        for start in stride(from: 0, to: tracks.count, by: Self.batch) {
            try save(tracks[start..<min(start + Self.batch, tracks.count)], &job)
        }
        job.stored.reading?.position = page.next
        try store.write { try $0.saveLibrary(job.stored) }
        libraries.set(job.stored)
        note(job)
        return job
    }

    private func save(_ tracks: ArraySlice<LibraryTrack>, _ job: inout LibraryJob) throws {
        let stored = job.stored
        let counts = try store.write { store in
            guard try store.trackCount() + tracks.count <= Limits.catalogTracks else {
                throw LibraryProblem(.malformed, "The catalog would have more than \(Limits.catalogTracks) tracks")
            }
            return try store.importTracks(Array(tracks), ofLibrary: stored.name, generation: stored.generation)
        }
        job.counts.added += counts.added
        job.counts.known += counts.known
    }

    /// Reports how far a reading is, and lets lists have the tracks that are new, both now and then.
    private func note(_ job: LibraryJob) {
        let progress = LibraryView.Progress(read: job.stored.reading?.read ?? 0, total: job.total)
        libraries.set(progress, of: job.stored.name)
        let uptimeS = clock().uptimeS
        if uptimeS - libraryTimes.reportedS >= Self.progressS {
            libraryTimes.reportedS = uptimeS
            reportLibrary(job.stored.name)
        }
        if uptimeS - libraryTimes.indexedS >= Self.indexS {
            libraryTimes.indexedS = uptimeS
            catalog.invalidate()
        }
    }

    /// Forgets where a reading was, so that the next one begins with the first page.
    func forgetReading(_ job: LibraryJob) throws {
        var stored = job.stored
        stored.reading = nil
        try store.write { try $0.saveLibrary(stored) }
        libraries.set(stored)
    }

    /// Decides whether addresses may move and go.
    ///
    /// - Parameter isWhole: Whether what was read is what the library has now.
    /// - Returns: false when the library must be read again, or a person must say that more than half of it may go.
    func isToEnd(_ job: inout LibraryJob, isWhole: Bool) throws -> Bool {
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
        let (name, generation) = (job.stored.name, job.stored.generation)
        let (moved, removed) = try store.write { store in
            let moved = try store.moveAddresses(ofLibrary: name, generation: generation, limit: Self.addresses)
            return (
                moved, try store.removeAddresses(ofLibrary: name, before: generation, limit: Self.addresses - moved)
            )
        }
        job.moved += moved
        job.removed += removed
        return moved + removed >= Self.addresses
    }

    /// Ends a reading: the catalog has what the library has.
    func endReading(_ job: LibraryJob) throws {
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

    private func finish(_ stored: StoredLibrary) {
        libraries.set(stored)
        libraries.set(nil, of: stored.name)
        catalog.invalidate()
        reportLibrary(stored.name)
    }

    /// Ends a reading that could not be made. The store keeps what was read, and where the reading was.
    ///
    /// - Parameter error: What was thrown; nil when the daemon stops or the library is configured anew.
    func failSync(of name: String, _ error: (any Error)?) {
        libraries.set(nil, of: name)
        if let error, var stored = libraries.stored(name) {
            stored.problem = Self.words(error)
            libraries.set(stored)
            // A store that cannot be written has told so itself.
            try? store.write { try $0.saveLibrary(stored) }
        }
        catalog.invalidate()
        reportLibrary(name)
    }

    private static func words(_ error: any Error) -> String {
        switch error {
        case let problem as LibraryProblem: problem.message
        case let error as HouseholdError: error.message
        default: "The library cannot be read: \(error)"
        }
    }

    private func reportLibrary(_ name: String) {
        if let view = libraries[name] { observer.householdDid(.libraryChanged(view)) }
    }
}

/// When readings last did what they do now and then, in seconds of the clock that is never set.
struct LibraryTimes {
    var reportedS = -Double.infinity
    var indexedS = -Double.infinity
}

extension LibraryTrack {
    /// What makes it unreadable; nil when it can be stored.
    fileprivate func problem(at now: Date) -> String? {
        uri.isEmpty ? "the address is missing" : uri.rowProblem ?? details.problem(at: now)
    }
}

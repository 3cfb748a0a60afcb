import Foundation
import Listening

// The steps of ``LibrarySync`` that need the household. Each is one short transaction.
extension Household {
    /// Tracks that one transaction stores.
    private static let batch = 250
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
    /// - Parameters:
    ///   - name: The library.
    ///   - revision: What the library says stands in it now.
    ///   - wish: The request to read it.
    /// - Returns: The reading; nil when the catalog has what stands in it.
    /// - Throws: What the store throws; `CancellationError` for a library that is not configured any more.
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
        libraries.times.hasNews = true
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
        try checkIsCurrent(job)
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

    /// Checks that the library was not configured anew while it was read.
    ///
    /// - Throws: `CancellationError`.
    func checkIsCurrent(_ job: LibraryJob) throws {
        let settings = settings.libraries.first { $0.name == job.stored.name }
        guard settings?.fingerprint == job.place,
            libraries.stored(job.stored.name)?.generation == job.stored.generation
        else { throw CancellationError() }
    }

    private func save(_ tracks: ArraySlice<LibraryTrack>, _ job: inout LibraryJob) throws {
        let stored = job.stored
        let counts = try store.write { store in
            guard try store.trackCount() + tracks.count <= Limits.catalogTracks else {
                throw LibraryProblem(.malformed, "The catalog would have more than \(Limits.catalogTracks) tracks")
            }
            return try store.importTracks(Array(tracks), ofLibrary: stored.name, generation: stored.generation)
        }
        libraries.times.hasNews = true
        job.counts.added += counts.added
        job.counts.known += counts.known
        libraries.times.hasNewSounds = libraries.times.hasNewSounds || counts.sounds > 0
    }

    /// Reports how far a reading is, and lets lists have the tracks that are new, both now and then.
    private func note(_ job: LibraryJob) {
        let progress = LibraryView.Progress(read: job.stored.reading?.read ?? 0, total: job.total)
        libraries.set(progress, of: job.stored.name)
        let uptimeS = clock().uptimeS
        if uptimeS - libraries.times.reportedS >= Self.progressS {
            libraries.times.reportedS = uptimeS
            reportLibrary(job.stored.name)
        }
        if uptimeS - libraries.times.indexedS >= Self.indexS {
            libraries.times.indexedS = uptimeS
            dropIndex()
        }
    }

    /// Forgets where a reading was, so that the next one begins with the first page.
    func forgetReading(_ job: LibraryJob) throws {
        var stored = job.stored
        stored.reading = nil
        try store.write { try $0.saveLibrary(stored) }
        libraries.set(stored)
    }
}

/// When readings last did what they do now and then, in seconds of the clock that is never set.
struct LibraryTimes {
    var reportedS = -Double.infinity
    var indexedS = -Double.infinity
    /// Whether the catalog has what its index does not have.
    var hasNews = false
    /// Whether there are vectors of sound that those in memory do not have.
    var hasNewSounds = false
}

extension LibraryTrack {
    /// What makes it unreadable; nil when it can be stored.
    fileprivate func problem(at now: Date) -> String? {
        uri.isEmpty ? "the address is missing" : uri.rowProblem ?? details.problem(at: now)
    }
}

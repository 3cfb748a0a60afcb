import Foundation

/// A request to read a library.
struct SyncWish: Equatable, Sendable {
    /// Whether a person said that more than half of it may go.
    var isConfirmed = false
}

/// The configured libraries: what the store knows of each, and what it does.
struct Libraries {
    fileprivate struct Entry {
        var settings: LibrarySettings
        var stored: StoredLibrary
        /// The request that has not begun.
        var wish: SyncWish?
        /// How far the reading that is under way is.
        var progress: LibraryView.Progress?
        var nextSync: Date?
        /// Wakes the task that reads it.
        var wake: AsyncStream<Void>.Continuation?
    }

    private var entries: [String: Entry] = [:]
    /// Takes the libraries of each new configuration.
    private var changes: AsyncStream<[LibrarySettings]>.Continuation?
    /// When readings last reported.
    var times = LibraryTimes()

    /// Takes the libraries that are configured, with what the store knows of them.
    init(_ settings: [LibrarySettings], reading store: any LibraryReading) throws {
        try configure(settings, reading: store)
    }

    /// Takes other settings. What a library does goes on unless its settings changed.
    mutating func configure(_ settings: [LibrarySettings], reading store: any LibraryReading) throws {
        var next: [String: Entry] = [:]
        for library in settings {
            if let known = entries[library.name], known.settings == library {
                next[library.name] = known
            } else {
                let stored = try store.library(library.name) ?? StoredLibrary(name: library.name)
                next[library.name] = Entry(settings: library, stored: stored)
            }
        }
        for (name, entry) in entries where next[name] == nil || next[name]?.settings != entry.settings {
            entry.wake?.finish()
        }
        entries = next
        changes?.yield(settings)
    }

    /// Yields the configured libraries, now and after each change. There is one such stream.
    mutating func configurations() -> AsyncStream<[LibrarySettings]> {
        let (stream, continuation) = AsyncStream<[LibrarySettings]>.makeStream(bufferingPolicy: .bufferingNewest(1))
        changes = continuation
        continuation.yield(entries.values.map(\.settings).sorted { $0.name < $1.name })
        return stream
    }

    /// All libraries, by name.
    var views: [LibraryView] { entries.keys.sorted().compactMap { self[$0] } }

    /// A library; nil for one that is not configured.
    subscript(name: String) -> LibraryView? {
        entries[name].map { entry in
            LibraryView(
                name: name, kind: entry.settings.kind, state: entry.state, tracks: entry.stored.tracks,
                lastSync: entry.stored.syncedAt, problem: entry.stored.problem, progress: entry.progress,
                nextSync: entry.progress == nil ? entry.nextSync : nil)
        }
    }

    /// What the store knows of a library; nil for one that is not configured.
    func stored(_ name: String) -> StoredLibrary? { entries[name]?.stored }

    /// Takes note of what was stored of a library.
    mutating func set(_ stored: StoredLibrary) { entries[stored.name]?.stored = stored }

    /// Takes note of how far a reading is; nil when it ended.
    mutating func set(_ progress: LibraryView.Progress?, of name: String) { entries[name]?.progress = progress }

    /// Takes note of when a library is read next by itself.
    mutating func set(nextSync: Date, of name: String) { entries[name]?.nextSync = nextSync }

    /// Asks for a library to be read.
    ///
    /// - Returns: The library; nil for one that is not configured.
    mutating func wish(_ wish: SyncWish, for name: String) -> LibraryView? {
        guard entries[name] != nil else { return nil }
        let isConfirmed = wish.isConfirmed || entries[name]?.wish?.isConfirmed ?? false
        entries[name]?.wish = SyncWish(isConfirmed: isConfirmed)
        entries[name]?.wake?.yield()
        return self[name]
    }

    /// Takes the request that has not begun. The reading begins.
    mutating func takeWish(of name: String) -> SyncWish {
        guard var entry = entries[name] else { return SyncWish() }
        let wish = entry.wish ?? SyncWish()
        entry.wish = nil
        entry.progress = .init(read: entry.stored.reading?.read ?? 0, total: nil)
        entries[name] = entry
        return wish
    }

    /// Yields at each request to read a library. A library has one such stream; the one before ends.
    mutating func wakes(of name: String) -> AsyncStream<Void> {
        let (stream, continuation) = AsyncStream<Void>.makeStream(bufferingPolicy: .bufferingNewest(1))
        entries[name]?.wake?.finish()
        entries[name]?.wake = continuation
        continuation.yield()
        return stream
    }
}

extension Libraries.Entry {
    fileprivate var state: LibraryState {
        if wish != nil || progress != nil { return .syncing }
        if stored.needsConfirmation { return .needsConfirmation }
        if stored.problem != nil { return .failed }
        return stored.syncedAt == nil ? .waiting : .synced
    }
}

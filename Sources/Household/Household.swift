public import Foundation
public import Listening
import Taste
import Wire

/// The household: profiles, speakers, plays, listens and tastes.
///
/// It has the queue and the store, and writes every listen by one function, ``record(_:checkpoint:in:)``. Its state is in
/// parts: values with private members, each in a file of its own. ``Operations/all`` lists what can be asked of it.
///
/// ## Concurrency model
/// An actor on a queue of its own. Operations are synchronous within it, transactions included, so that nothing
/// interleaves with them. Ranking alone runs outside, on copies.
public actor Household {
    /// The store, and whether it works.
    nonisolated let store: MonitoredStore
    /// The catalog's index.
    nonisolated let catalog: CatalogCache
    nonisolated let observer: any HouseholdObserver
    /// Where tastes are drawn.
    nonisolated let portraits = PortraitQueue()
    /// Makes the search by sound of a library; nil where nobody can be asked.
    nonisolated let connectSound: SoundConnecting?
    /// The wall clock and the clock that is never set.
    nonisolated let clock: @Sendable () -> Moment
    nonisolated let newID: @Sendable () -> String
    nonisolated let startedAt = ContinuousClock.now
    private let executor = HouseholdExecutor()

    /// What the configuration says.
    private(set) var settings: HouseholdSettings
    /// Profiles, speakers and mappings.
    var roster: Roster
    /// What the speakers play.
    var plays: PlaysInProgress
    /// Which of it is a guest's.
    var guests: Guests
    /// The newest plays that were no listens.
    var ignored = IgnoredPlays()
    /// The tastes that are in memory.
    var tastes = Tastes()
    /// The sessions of shared speakers, and who may be listening.
    var sharedListening = SharedListening()
    /// When tracks were last listed.
    var recentLists = RecentLists()
    /// In which order lists were asked for.
    var listArrivals = ListArrivals()
    /// What the rows of the files that are being imported were matched with.
    var imports = ImportMatches()
    /// Where the music is.
    var libraries: Libraries
    /// Where people are, and whose voice was recognised.
    var evidence = EvidenceBook()
    /// What speakers show.
    var speakerStates: SpeakerStates
    /// What happened since the start.
    var counters = HouseholdCounters()

    /// The household's own queue.
    public nonisolated var unownedExecutor: UnownedSerialExecutor { unsafe executor.asUnownedSerialExecutor() }

    /// Applies the settings to the store, and resumes the plays in progress of the last run.
    ///
    /// - Parameters:
    ///   - store: The store.
    ///   - settings: What the configuration says.
    ///   - observer: Is notified of every event.
    ///   - connectSound: Makes the search by sound of a library; nil where nobody is to be asked.
    ///   - clock: The wall clock and the clock that is never set.
    ///   - newID: Makes unique ids.
    /// - Throws: What the store throws.
    public init(
        store: any HouseholdStore, settings: HouseholdSettings, observer: any HouseholdObserver = NullObserver(),
        connectSound: SoundConnecting? = nil,
        clock: @escaping @Sendable () -> Moment = { Moment.now },
        newID: @escaping @Sendable () -> String = { UUID().uuidString.lowercased() }
    ) throws {
        let store = MonitoredStore(store, reportingTo: observer, clock: clock)
        let start = clock()
        if try !store.read({ try Roster(reading: $0) }).has(settings) {
            try store.write { try Roster.seed($0, with: settings, at: start.date) }
        }
        let (roster, states, lists, checkpoint, libraries) = try store.read { store in
            let roster = try Roster(reading: store)
            return (
                roster, try SpeakerStates(roster.speakers.keys, reading: store),
                try Guests.lists(of: roster.speakers.values, in: store), Checkpoint(stored: try store.checkpoint()),
                try Libraries(settings.libraries, reading: store)
            )
        }
        self.store = store
        self.settings = settings
        self.observer = observer
        self.connectSound = connectSound
        self.clock = clock
        self.newID = newID
        self.roster = roster
        self.libraries = libraries
        catalog = CatalogCache(store: store)
        plays = PlaysInProgress(checkpoint, aliases: settings.aliases, at: start)
        guests = Guests(lists: lists)
        speakerStates = states
    }

    /// What the wall clock says.
    nonisolated func now() -> Date { clock().date }

    public func perform<O: HouseholdOperation>(_ operation: O) async throws -> O.Answer {
        try await operation.run(in: self)
    }

    /// Reads an operation out of what a front door hands in, and performs it. The JSON is read on a thread of its own,
    /// because a large one would hold up the house.
    ///
    /// - Throws: ``HouseholdError``. What carried a listen was kept under `rejected` then.
    @concurrent
    public nonisolated func answer<O: HouseholdOperation>(
        _ type: O.Type, _ input: OperationInput
    ) async throws -> O.Answer {
        var input = input
        if !(type is any Decodable.Type) { input.readJSON() }
        return try await answerRead(type, input)
    }

    private func answerRead<O: HouseholdOperation>(_ type: O.Type, _ input: OperationInput) async throws -> O.Answer {
        do {
            return try await O.decode(input).run(in: self)
        } catch let error as HouseholdError where O.signature.keepsRejected && error.blamesInput {
            keepRejected(input, error)
            throw error
        }
    }

    /// Stores listens: the one way into the store, with attribution, tastes and checkpoint in one transaction.
    ///
    /// - Parameters:
    ///   - reports: What was heard, and whose it is.
    ///   - checkpoint: The plays in progress after them, when they were among them.
    ///   - shared: The session that the report is part of, when a shared speaker played it.
    /// - Returns: For each report the stored listen, and whether it was there before.
    /// - Throws: What the store throws; nothing is changed then, neither in the store nor in memory.
    func record(_ reports: [NewListen], checkpoint: Data? = nil, in shared: SharedPlay? = nil) throws -> [Recording] {
        let profiles = reports.map { roster.profile(of: $0.owner) ?? roster.defaultProfile }
        let memories = try profiles.map { try tastes.taste(of: $0, in: store) }
        let touched = Set(profiles).sorted { $0.name < $1.name }
        let began = ContinuousClock.now
        let time = now()
        var recordings: [Recording] = []
        do {
            try store.write { store in
                if let checkpoint { try store.saveCheckpoint(checkpoint) }
                var matches = ListenMatches()
                for ((report, profile), memory) in zip(zip(reports, profiles), memories) {
                    var recording = try Recording(report, countingFor: profile, memory, &matches, in: store)
                    try shared?.save(&recording, in: store)
                    try memory.apply(recording, of: profile, in: store)
                    recordings.append(recording)
                }
                for (profile, memory) in Dictionary(zip(profiles, memories), uniquingKeysWith: { $1 }) {
                    try memory.endBatch(of: profile, at: time, in: store)
                }
            }
        } catch {
            // What is in memory may be ahead of the store, which did not change.
            for profile in touched { tastes.forget(profile.id) }
            throw error
        }
        if recordings.contains(where: { $0.tasteChange != .nothing }) { counters.rebuilds.add(.now - began) }
        for recording in recordings { report(recording) }
        if reports.contains(where: { $0.rule == .likeness && $0.opinion == nil }) { sharedListening.wait(since: time) }
        let changed = Set(zip(profiles, recordings).filter { $0.1.isNew }.map { $0.0 })
        for profile in touched where changed.contains(profile) { report(profile) }
        refreshStaleTastes()
        return recordings
    }

    private func report(_ recording: Recording) {
        guard recording.isNew, let listen = recording.listen else {
            counters.duplicates += 1
            return
        }
        counters.recorded[.init(outcome: listen.event.outcome, rule: listen.event.rule), default: 0] += 1
        if let added = recording.addedTrack { catalog.add(added) }
        if listen.event.media.recordingURI != nil { catalog.forgetAddresses() }
        sharedListening.learn(listen, in: catalog)
        let view = ListenView(listen)
        observer.householdDid(listen.event.outcome == .skipped ? .listenSkipped(view) : .listenRecorded(view))
    }
}

// Life of the daemon.
extension Household {
    /// Number of the store's newest migration.
    public nonisolated var schemaVersion: Int { store.schemaVersion }

    /// Bytes that the store takes on disk.
    public nonisolated var storeBytes: Int64 { store.bytesOnDisk }

    /// What is wrong with the store; nil when it works.
    public nonisolated var storeProblem: String? { store.problem }

    /// What happened since the start.
    public var counted: HouseholdCounters { counters }

    /// Number of tracks in the catalog; nil while the store cannot be read.
    public nonisolated var catalogSize: Int? { try? store.read { try $0.trackCount() } }

    /// Rebuilds stale tastes and reads all tastes, so that the first request does not wait for them.
    public func warmUp() async throws {
        _ = try await RefreshTastes().run(in: self)
        try resumeSessions()
        for profile in roster.profiles.values { _ = try tastes.taste(of: profile, in: store) }
    }

    /// Reports every profile and every speaker to the observer, whether they changed or not.
    public func reportAll() {
        for profile in roster.profiles.values { report(profile) }
        speakerStates.forgetReports()
        reportSpeakers()
    }

    /// Applies other settings.
    ///
    /// - Throws: What the store throws; the settings stay as they were then.
    public func reload(_ settings: HouseholdSettings) throws {
        let time = now()
        try store.write { try Roster.seed($0, with: settings, at: time) }
        roster = try store.read { try Roster(reading: $0) }
        self.settings = settings
        try store.read { try libraries.configure(settings.libraries, reading: $0) }
        plays.rename(settings.aliases, at: clock())
        storeEndedPlays()
        for (name, speaker) in roster.speakers where settings.aliases[name] != nil {
            observer.householdDid(.speakerRemoved(topic: speaker.topic))
        }
        reportAll()
    }
}

/// Runs the household on a queue of its own, so that waiting for the disk never holds up a thread that others share.
private final class HouseholdExecutor: SerialExecutor {
    private let queue = DispatchQueue(label: "haunt.household", qos: .userInitiated)

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        queue.async { [self] in unsafe job.runSynchronously(on: asUnownedSerialExecutor()) }
    }

    func asUnownedSerialExecutor() -> UnownedSerialExecutor { unsafe UnownedSerialExecutor(ordinary: self) }
}

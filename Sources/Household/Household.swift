public import Foundation
import Listening
import Taste

/// The house: every operation that a front door can call, and the one way a play becomes a listen.
///
/// ## Concurrency model
/// An actor on a queue of its own. Its operations are synchronous within it, store transactions included, so nothing
/// interleaves with them; ranking alone runs outside, on snapshots.
public actor Household {
    let store: any HouseholdStore
    let observer: any HouseholdObserver
    let now: @Sendable () -> Date
    let uptimeS: (@Sendable () -> Double)?
    let newID: @Sendable () -> String
    let library: MusicLibrary
    private let executor = HouseholdExecutor()

    var settings: HouseholdSettings
    var roster: Roster
    var tracker: HomeTracker
    var memories: [Int64: ProfileMemory] = [:]
    var unsaved: [Play]
    /// When the play began that is a guest's, by speaker.
    var guestPlays: [String: Date]
    var counters = HouseholdCounters()
    var lastCheckpoint: Date
    /// The checkpoint as it was last written, so that one that says nothing new is not written again.
    var savedCheckpoint: Data?
    var storeProblem: String?
    var shownSpeakers: [String: SpeakerView] = [:]
    var lastPlaylists: [String: SpeakerView.LastPlaylist]

    /// The household's own queue.
    public nonisolated var unownedExecutor: UnownedSerialExecutor { unsafe executor.asUnownedSerialExecutor() }

    /// Moves in: reads who is there, applies the settings, and goes on where the last run stopped.
    ///
    /// - Parameters:
    ///   - store: The house's memory.
    ///   - settings: What the configuration says.
    ///   - observer: Told of everything that happens.
    ///   - now: The clock.
    ///   - uptimeS: The clock that nobody sets, in seconds; nil when `now` is never set.
    ///   - newID: Makes unique ids.
    /// - Throws: What the store throws.
    public init(
        store: any HouseholdStore, settings: HouseholdSettings, observer: any HouseholdObserver = NobodyListens(),
        now: @escaping @Sendable () -> Date = { Date() }, uptimeS: (@Sendable () -> Double)? = nil,
        newID: @escaping @Sendable () -> String = { UUID().uuidString.lowercased() }
    ) throws {
        let start = now()
        if try !store.read({ try Roster(reading: $0) }).isFurnished(with: settings) {
            try store.write { try Self.furnish($0, with: settings, at: start) }
        }
        let (roster, checkpoint, lists) = try store.read { store in
            let roster = try Roster(reading: store)
            let lists = try roster.speakers.keys.compactMap { try store.lastPlaylist(onSpeaker: $0) }
            return (roster, try Checkpoint(stored: store.trackerCheckpoint()), lists)
        }
        self.store = store
        self.settings = settings
        self.observer = observer
        self.now = now
        self.uptimeS = uptimeS
        self.newID = newID
        self.library = MusicLibrary(store: store)
        self.roster = roster
        self.lastCheckpoint = start
        self.tracker = HomeTracker(
            resuming: checkpoint.tracker, aliases: settings.aliases,
            at: Moment(date: start, uptimeS: uptimeS?() ?? start.timeIntervalSinceReferenceDate))
        self.unsaved = checkpoint.unsaved
        self.guestPlays = checkpoint.guestPlays
        self.lastPlaylists = lists.reduce(into: [:]) { $0[$1.speakerName ?? ""] = SpeakerView.LastPlaylist($1) }
    }

    /// Now, on both clocks.
    var moment: Moment {
        let date = now()
        return Moment(date: date, uptimeS: uptimeS?() ?? date.timeIntervalSinceReferenceDate)
    }

    /// Number of the store's newest migration.
    public nonisolated var schemaVersion: Int { store.schemaVersion }

    /// Bytes the store takes on disk.
    public nonisolated var storeBytes: Int64 { store.bytesOnDisk }

    /// What happened since the start.
    public var counted: HouseholdCounters { counters }

    /// How many tracks the catalog has; nil while the store cannot say.
    public var catalogSize: Int? { try? store.read { try $0.trackCount() } }

    /// Whether there is no track at all.
    public var isCatalogEmpty: Bool {
        get throws { try store.read { try $0.trackCount() } == 0 }
    }

    /// Reads everything that the first request would have to wait for.
    public func warmUp() throws {
        try buildStaleTastes()
        for profile in roster.profiles.values { _ = try memory(of: profile) }
    }

    /// Tells of every profile and every speaker, whether anything is new or not.
    public func announceAll() {
        for profile in roster.profiles.values { announce(profile) }
        shownSpeakers = [:]
        showSpeakers()
    }

    /// Takes on other settings while the house is lived in.
    ///
    /// - Parameter settings: What the configuration says now.
    /// - Throws: What the store throws; the settings are as before then.
    public func reload(_ settings: HouseholdSettings) throws {
        try store.write { [time = now()] in try Self.furnish($0, with: settings, at: time) }
        roster = try store.read { try Roster(reading: $0) }
        self.settings = settings
        file(tracker.rename(settings.aliases, at: moment))
        for (name, speaker) in roster.speakers where settings.aliases[name] != nil {
            observer.householdDid(.speakerRemoved(topic: speaker.topic))
        }
        announceAll()
    }

    /// Brings profiles, speakers and first mappings of the settings into the store; what is there already wins.
    static func furnish(_ store: any HouseholdWriting, with settings: HouseholdSettings, at time: Date) throws {
        var roster = try Roster(reading: store)
        let named = settings.speakers.values.compactMap { $0 } + settings.profiles
        for name in Set(named).sorted() where roster.profiles[name] == nil {
            roster.add(try store.insertProfile(name: name, displayName: name, createdAt: time))
        }
        for (name, profile) in settings.speakers.sorted(by: { $0.key < $1.key }) {
            if roster.speakers[name] == nil {
                let speaker = roster.newSpeaker(named: name)
                try store.saveSpeaker(speaker)
                roster.add(speaker)
            }
            if let profile, roster.owners[name] == nil, let id = roster.profiles[profile]?.id {
                try store.mapSpeaker(name, toProfile: id)
                roster.map(name, to: id)
            }
        }
    }
}

/// An observer for whoever needs none.
public struct NobodyListens: HouseholdObserver {
    /// Creates it.
    public init() {}
    /// Does nothing.
    public func householdDid(_ event: HouseholdEvent) {}
}

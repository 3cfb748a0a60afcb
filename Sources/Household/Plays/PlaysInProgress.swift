public import Foundation
import Listening

/// Reads the checkpoint of the plays in progress.
public protocol CheckpointReading {
    /// The checkpoint as it was last saved; nil when there is none.
    func checkpoint() throws -> Data?
}

/// Saves the checkpoint of the plays in progress.
public protocol CheckpointWriting: CheckpointReading {
    /// Replaces the checkpoint.
    func saveCheckpoint(_ checkpoint: Data) throws
}

/// All that must survive a kill of the process: plays in progress, and plays that are over but not stored yet.
struct Checkpoint: Codable {
    var tracker = TrackerCheckpoint()
    var unsaved: [Play] = []

    init(tracker: TrackerCheckpoint, unsaved: [Play]) {
        self.tracker = tracker
        self.unsaved = unsaved
    }

    /// Reads what was saved. A part that another version wrote differently is dropped, and the other part is kept.
    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        tracker = (try? container.decode(TrackerCheckpoint.self, forKey: .tracker)) ?? tracker
        unsaved = (try? container.decode([Play].self, forKey: .unsaved)) ?? unsaved
    }

    /// Reads what was saved, if anything was.
    init(stored data: Data?) {
        let stored = data.flatMap { try? JSONDecoder().decode(Checkpoint.self, from: $0) }
        self = stored ?? Checkpoint(tracker: TrackerCheckpoint(), unsaved: [])
    }

    /// The bytes to save, the same for the same state.
    func encoded() throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        return try encoder.encode(self)
    }
}

/// The plays in progress, and those that are over and wait for the store.
struct PlaysInProgress {
    private var tracker: HomeTracker
    /// Plays that are over and not stored yet, in the order in which they ended.
    private var unsaved: [Play]
    /// When a checkpoint, or a try to store, was last made.
    private var lastCheckpoint: Moment
    /// The checkpoint as it was last saved, so that one that says nothing new is not saved again.
    private var savedCheckpoint: Data?

    init(_ checkpoint: Checkpoint, aliases: [String: String], at time: Moment) {
        tracker = HomeTracker(resuming: checkpoint.tracker, aliases: aliases, at: time)
        unsaved = checkpoint.unsaved
        lastCheckpoint = time
    }

    /// What plays on a speaker.
    func nowPlaying(on speakerName: String) -> NowPlaying? { tracker.nowPlaying(on: speakerName) }

    /// Processes an update of a player.
    ///
    /// - Returns: Whether what plays on other speakers may have changed too.
    mutating func receive(_ update: PlayerUpdate, under rules: ListenRules) -> Bool {
        let isDue = tracker.nextDeadline.map { $0 <= update.at.uptimeS } ?? false
        let ended = tracker.receive(update, under: rules)
        unsaved += ended
        return isDue || !ended.isEmpty
    }

    /// Lets time pass.
    ///
    /// - Returns: Whether what plays on speakers may have changed.
    @discardableResult
    mutating func advance(to now: Moment) -> Bool {
        let isDue = tracker.nextDeadline.map { $0 <= now.uptimeS } ?? false
        unsaved += tracker.advance(to: now)
        return isDue
    }

    /// Marks a source as not heard from a time on, until it reports again; nil means all sources.
    mutating func interrupt(source: String?, at time: Moment) { tracker.interrupt(source: source, at: time) }

    /// Uses other aliases.
    mutating func rename(_ aliases: [String: String], at now: Moment) { unsaved += tracker.rename(aliases, at: now) }

    /// Forgets a speaker of which nothing more will be heard.
    mutating func forget(_ speakerName: String) { unsaved += tracker.forget(speakerName) }

    /// Marks what plays on a speaker. The mark stays with the play until it ends.
    mutating func mark(_ speakerName: String) { tracker.mark(speakerName) }
}

// Plays that wait for the store.
extension PlaysInProgress {
    /// Number of plays that wait.
    var unsavedCount: Int { unsaved.count }

    /// Takes the next play out of the queue. While it is being stored, a checkpoint does not have it.
    mutating func takeNext() -> Play? { unsaved.isEmpty ? nil : unsaved.removeFirst() }

    /// Puts a play back that the store could not take, and waits before the next try.
    mutating func putBack(_ play: Play, at now: Moment) {
        unsaved.insert(play, at: 0)
        lastCheckpoint = now
    }

    /// Drops the oldest plays beyond the limit.
    ///
    /// - Returns: How many were lost.
    mutating func dropBeyondLimit() -> Int {
        let count = max(0, unsaved.count - Limits.unsavedPlays)
        unsaved.removeFirst(count)
        return count
    }
}

// When to write.
extension PlaysInProgress {
    /// Seconds until the next checkpoint or the next try to store is due, or a play ends by silence; nil is never.
    func secondsToDeadline(from now: Moment) -> Double? {
        let checkpoint = tracker.isHearing(at: now) ? lastCheckpoint.uptimeS + Limits.checkpointS : nil
        let retry = unsaved.isEmpty ? nil : lastCheckpoint.uptimeS + Limits.storeRetryS
        return [tracker.nextDeadline, checkpoint, retry].compactMap { $0 }.min().map { $0 - now.uptimeS }
    }

    /// Whether a checkpoint or a try to store is due.
    func isCheckpointDue(at now: Moment) -> Bool {
        now.uptimeS - lastCheckpoint.uptimeS >= (unsaved.isEmpty ? Limits.checkpointS : Limits.storeRetryS)
    }

    /// The checkpoint as it is now.
    func checkpoint(at now: Moment) throws -> Data {
        try Checkpoint(tracker: tracker.checkpoint(at: now), unsaved: unsaved).encoded()
    }

    /// Whether a checkpoint differs from the one that was last saved.
    func isNews(_ checkpoint: Data) -> Bool { checkpoint != savedCheckpoint }

    /// Takes note of a checkpoint that was saved.
    mutating func hasSaved(_ checkpoint: Data?, at now: Moment) {
        savedCheckpoint = checkpoint
        lastCheckpoint = now
    }
}

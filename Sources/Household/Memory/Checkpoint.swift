import Foundation
import Listening

/// All that must survive a kill of the process: plays in progress, and plays that are over but not stored yet.
struct Checkpoint: Codable {
    var tracker: TrackerCheckpoint
    var unsaved: [Play]

    init(tracker: TrackerCheckpoint, unsaved: [Play]) {
        self.tracker = tracker
        self.unsaved = unsaved
    }

    /// Reads what was saved; a checkpoint of another version is as good as none.
    init(stored data: Data?) {
        let stored = data.flatMap { try? JSONDecoder().decode(Checkpoint.self, from: $0) }
        self = stored ?? Checkpoint(tracker: TrackerCheckpoint(), unsaved: [])
    }

    func encoded() throws -> Data { try JSONEncoder().encode(self) }
}

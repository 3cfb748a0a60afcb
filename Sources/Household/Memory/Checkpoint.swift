import Foundation
import Listening

/// All that must survive a kill of the process: plays in progress, and plays that are over but not stored yet.
struct Checkpoint: Codable {
    var tracker = TrackerCheckpoint()
    var unsaved: [Play] = []
    /// When the play began that is a guest's, by speaker.
    var guestPlays: [String: Date] = [:]

    init(tracker: TrackerCheckpoint, unsaved: [Play], guestPlays: [String: Date]) {
        self.tracker = tracker
        self.unsaved = unsaved
        self.guestPlays = guestPlays
    }

    /// Reads what was saved.
    ///
    /// A part that another version wrote differently is as good as none, and costs no other part.
    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        tracker = (try? container.decode(TrackerCheckpoint.self, forKey: .tracker)) ?? tracker
        unsaved = (try? container.decode([Play].self, forKey: .unsaved)) ?? unsaved
        guestPlays = (try? container.decode([String: Date].self, forKey: .guestPlays)) ?? guestPlays
    }

    /// Reads what was saved, if anything was.
    init(stored data: Data?) {
        let stored = data.flatMap { try? JSONDecoder().decode(Checkpoint.self, from: $0) }
        self = stored ?? Checkpoint(tracker: TrackerCheckpoint(), unsaved: [], guestPlays: [:])
    }

    func encoded() throws -> Data {
        let encoder = JSONEncoder()
        // The same state gives the same bytes, which tells whether there is anything to write.
        encoder.outputFormatting = .sortedKeys
        return try encoder.encode(self)
    }
}

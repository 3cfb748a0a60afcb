public import Foundation

/// Reads speakers and whose they are.
public protocol SpeakerReading {
    /// All speakers ever seen or configured, by name.
    func speakers() throws -> [Speaker]
    /// Profile id by speaker name.
    func speakerMappings() throws -> [String: Int64]
    /// The play tracker's last checkpoint, as it was saved.
    func trackerCheckpoint() throws -> Data?
}

/// Changes speakers and whose they are.
public protocol SpeakerWriting: SpeakerReading {
    /// Adds a speaker or replaces what is known of it.
    func saveSpeaker(_ speaker: Speaker) throws
    /// Gives a speaker to a profile; nil unmaps it.
    func mapSpeaker(_ name: String, toProfile id: Int64?) throws
    /// Replaces the play tracker's checkpoint.
    func saveTrackerCheckpoint(_ checkpoint: Data) throws
}

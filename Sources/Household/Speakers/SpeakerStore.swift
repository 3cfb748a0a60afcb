/// Reads speakers and which profile each is mapped to.
public protocol SpeakerReading {
    /// All speakers ever seen or configured, by name.
    func speakers() throws -> [Speaker]
    /// Profile by speaker name.
    func speakerMappings() throws -> [String: Profile.ID]
}

/// Changes speakers and their mappings.
public protocol SpeakerWriting: SpeakerReading {
    /// Adds a speaker, or replaces what is stored of it.
    func saveSpeaker(_ speaker: Speaker) throws
    /// Removes a speaker with its mapping. Its listens keep its name.
    func deleteSpeaker(_ name: String) throws
    /// Maps a speaker to a profile, or to nobody, which is a decision as well.
    func mapSpeaker(_ name: String, toProfile id: Profile.ID?) throws
}

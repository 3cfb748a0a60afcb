/// By which addresses the tracks of a list are played.
struct Addressing: Equatable, Sendable {
    /// A track must have an address in one of these libraries; empty when it need not have one.
    var required: [String] = []
    /// The libraries whose address a track is given, the first that has one; empty when each is named.
    var preferred: [String] = []
    /// The libraries of the household that music is played from.
    var configured: [String] = []

    /// A track of a list with its address; nil when it lost the one that it must have.
    func addressed(_ entry: Playlist.Entry, _ addresses: [String: String]) -> Playlist.Entry? {
        guard required.isEmpty || required.contains(where: { addresses[$0] != nil }) else { return nil }
        var entry = entry
        if preferred.isEmpty {
            entry.track.details.uri = nil
            entry.uris = addresses.filter { configured.contains($0.key) || $0.key == LibrarySettings.files }
        } else {
            entry.track.details.uri = preferred.lazy.compactMap { addresses[$0] }.first
        }
        return entry
    }
}

extension HouseholdSettings {
    /// The names of the libraries that music is played from.
    var playableLibraries: [String] { libraries.filter(\.isPlayable).map(\.name) }

    /// By which addresses a list is played.
    ///
    /// A speaker without a library of its own plays from the one that is configured. With several, each address is named,
    /// because nobody said which. A house without libraries plays what it can.
    ///
    /// - Parameter speaker: The speaker that the list is for; nil for a list for nobody's speaker.
    /// - Returns: Which tracks may be listed, and by which address each.
    func addressing(forSpeaker speaker: String?) -> Addressing {
        let all = playableLibraries
        if let own = speaker.flatMap({ speakerLibraries[$0] }) {
            return Addressing(required: [own], preferred: [own], configured: all)
        }
        switch all.count {
        case 0: return Addressing(preferred: [LibrarySettings.files])
        case 1 where speaker == nil: return Addressing(preferred: all + [LibrarySettings.files], configured: all)
        case 1: return Addressing(required: all, preferred: all, configured: all)
        default: return Addressing(required: speaker == nil ? [] : all, configured: all)
        }
    }

    /// Whether nobody said which of several libraries a speaker plays from.
    func lacksLibrary(speaker: String) -> Bool { playableLibraries.count > 1 && speakerLibraries[speaker] == nil }
}

/// Who uses a shared speaker.
public enum Sharing: Equatable, Sendable {
    /// Every profile but `default`, later ones too.
    case everybody
    /// These profiles. None at all says that somebody decided against sharing.
    case profiles([Profile.ID])
}

/// Who shares a speaker by the configuration.
public enum ConfiguredSharing: Equatable, Sendable {
    /// `all`.
    case everybody
    /// These, by name.
    case profiles([String])
}

extension Roster {
    /// Names of those who share a speaker, in order; nil for a speaker that is not shared.
    func sharers(of speakerName: String?) -> [String]? {
        guard let speakerName, let sharing = sharings[speakerName] else { return nil }
        switch sharing {
        case .everybody:
            let names = profiles.values.filter { !$0.isDefault }.map(\.name).sorted()
            return names.isEmpty ? nil : names
        case .profiles(let ids):
            let names = ids.compactMap { profile(id: $0)?.name }.sorted()
            return names.isEmpty ? nil : names
        }
    }

    /// Whether several profiles share a speaker.
    func isShared(_ speakerName: String?) -> Bool { sharers(of: speakerName) != nil }

    /// How the store marks listens of a profile; nobody's when there is none of this name.
    func owner(named name: String?) -> Owner { name.flatMap { profiles[$0] }?.owner ?? .nobody }

    /// Names of the speakers that somebody shares.
    func speakersShared(by name: String) -> Set<String> {
        Set(sharings.keys.filter { sharers(of: $0)?.contains(name) == true })
    }

    /// Names of everybody who shares a speaker.
    var allSharers: [String] { Set(sharings.keys.compactMap(sharers(of:)).joined()).sorted() }
}

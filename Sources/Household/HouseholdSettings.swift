public import Listening

/// What the configuration says about the house; may change while it runs.
public struct HouseholdSettings: Equatable, Sendable {
    /// Other names of a speaker → its name.
    public var aliases: [String: String] = [:]
    /// Speakers that are known before they are heard → the profile the file gives them, if any.
    public var speakers: [String: String?] = [:]
    /// Speakers that several profiles share, where nobody decided otherwise.
    public var shared: [String: ConfiguredSharing] = [:]
    /// Rooms of speakers.
    public var areas: [String: String] = [:]
    /// Profiles that exist from the start.
    public var profiles: [String] = []
    /// Speakers whose lists have no track that is marked as explicit.
    public var kidsSpeakers: Set<String> = []
    /// Profiles whose lists have none.
    public var kidsProfiles: Set<String> = []
    /// The places that music is played from.
    public var libraries: [LibrarySettings] = []
    /// Speakers that play from one of them → its name.
    public var speakerLibraries: [String: String] = [:]
    /// Whether a listen may create the profile it names.
    public var autoCreateProfiles = false
    /// When a play counts, where no source or speaker says otherwise.
    public var rules = ListenRules()
    /// Rules of speakers that have their own, by any of their names.
    public var speakerRules: [String: ListenRules] = [:]
    /// Tracks in a playlist when nobody says how many.
    public var totalTracks = 25
    /// Most tracks of one artist in a playlist when nobody says.
    public var maxPerArtist = 2
    /// A track does not come again in a profile's or a speaker's lists within this time, in seconds.
    public var noRepeatS = 86_400.0

    /// Creates settings with the documented defaults.
    public init() {}

    /// The same settings without the speakers and profiles that would be added to the store, for a store that is only
    /// read.
    public var withoutSeeds: HouseholdSettings {
        var settings = self
        settings.speakers = [:]
        settings.shared = [:]
        settings.profiles = []
        return settings
    }

    /// All profiles that the configuration names, sorted.
    var namedProfiles: [String] { Set(speakers.values.compactMap { $0 } + profiles + sharedProfiles).sorted() }

    /// When a play on a speaker counts, where its source says nothing else.
    ///
    /// - Parameter name: The speaker; nil is none that is known.
    /// - Returns: Its own rules, or everybody's.
    public func rules(forSpeaker name: String?) -> ListenRules { name.flatMap { speakerRules[$0] } ?? rules }

    /// Names of the profiles that share a speaker.
    var sharedProfiles: [String] {
        shared.values.flatMap { sharing -> [String] in
            if case .profiles(let names) = sharing { names } else { [] }
        }
    }

    /// Whether a list has no explicit tracks, because of its speaker or its profile.
    func isForKids(speaker: String?, profile: String?) -> Bool {
        speaker.map(kidsSpeakers.contains) ?? false || profile.map(kidsProfiles.contains) ?? false
    }

    /// The name of a speaker, its aliases resolved.
    public func resolved(_ name: String) -> String { aliases[name] ?? name }
}

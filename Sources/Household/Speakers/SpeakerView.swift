public import Foundation
public import Listening
public import Taste
public import Wire

/// A speaker in JSON.
public struct SpeakerView: Codable, Equatable, Sendable {
    /// What plays on a speaker, strings as sent.
    public struct NowPlaying: Codable, Equatable, Sendable {
        /// Title as sent.
        @ExplicitNull public var title: String?
        /// Artist as sent.
        @ExplicitNull public var artist: String?
        /// Album as sent.
        @ExplicitNull public var album: String?
        /// Player's content id.
        @ExplicitNull public var uri: String?
        /// Seconds it lasts.
        @ExplicitNull public var durationS: Double?
        /// What the speaker does.
        public var state: PlayerState
        /// When the play began.
        public var startedAt: Date
    }

    /// The newest list of a speaker, without its tracks.
    public struct LastPlaylist: Codable, Equatable, Sendable {
        public var id: String
        /// When it was made.
        public var createdAt: Date
        /// The words that were asked for; null for a guest's list.
        @ExplicitNull public var vibe: String?
        /// The profile it was made for; null is a guest, or several.
        @ExplicitNull public var profile: String?
        /// The profiles of a list for several; null for one person and for a guest.
        @ExplicitNull public var profiles: [String]?
        public var trackCount: Int
        /// Artists and titles in order, as many as fit into ``Limits/listedTitlesBytes``; none for a guest's list.
        public var tracks: [String]

        init(_ playlist: Playlist) {
            id = playlist.id
            createdAt = playlist.createdAt
            profile = playlist.profileName
            profiles = playlist.profiles
            trackCount = playlist.entries.count
            // The view is retained and kept by Home Assistant, and what a guest wished for is not.
            let isGuests = playlist.rule == .guest
            vibe = isGuests ? nil : playlist.vibe
            tracks = isGuests ? [] : Self.titles(of: playlist)
        }

        private static func titles(of playlist: Playlist) -> [String] {
            var bytes = 0
            return Array(
                playlist.entries.lazy.map { entry in
                    let track = entry.track.details
                    return [track.artist, track.title].compactMap { $0 }.joined(separator: " – ")
                }.prefix { title in
                    bytes += title.utf8.count
                    return bytes <= Limits.listedTitlesBytes
                })
        }
    }

    /// Full name.
    public var speakerName: String
    /// Its topic level.
    public var topic: String
    /// The profile that its plays go to for now; null is nobody.
    @ExplicitNull public var profile: String?
    /// The rule that says so.
    public var rule: AttributionRule
    /// The profile it is mapped to, guest mode or not; null is nobody.
    @ExplicitNull public var mapping: String?
    /// Names of the profiles that share it; null is a speaker that is not shared.
    @ExplicitNull public var shared: [String]?
    /// Whether guest mode is on.
    public var guest: Bool
    /// Number of tracks of its lists when a request does not say.
    public var totalTracks: Int
    /// Mode of its lists when a request does not say.
    public var mode: RankingMode
    /// What it plays.
    @ExplicitNull public var nowPlaying: NowPlaying?
    /// Its newest list.
    @ExplicitNull public var lastPlaylist: LastPlaylist?
}

extension SpeakerView.NowPlaying {
    init(_ playing: NowPlaying) {
        self.init(
            title: playing.media.title, artist: playing.media.artist, album: playing.media.album,
            uri: playing.media.uri, durationS: playing.media.durationS, state: playing.state,
            startedAt: playing.startedAt)
    }
}

extension Household {
    /// The view of a speaker as it is now.
    func view(of speaker: Speaker) -> SpeakerView {
        let owner = roster.owner(of: speaker.name)
        let playing = plays.nowPlaying(on: speaker.name)
        let isGuest =
            playing.map { guests.have($0, on: speaker) } ?? (speaker.isGuest || speaker.guestPlaylistID != nil)
        return SpeakerView(
            speakerName: speaker.name, topic: speaker.topic, profile: isGuest ? nil : owner?.name,
            rule: isGuest ? .guest : owner == nil ? .default : .mapping, mapping: owner?.name,
            shared: roster.sharers(of: speaker.name), guest: speaker.isGuest,
            totalTracks: speaker.totalTracks ?? settings.totalTracks, mode: speaker.mode ?? .balanced,
            nowPlaying: playing.map(SpeakerView.NowPlaying.init),
            lastPlaylist: speakerStates.lastPlaylist(on: speaker.name))
    }

    /// Reports every speaker whose view differs from the one that was last reported.
    func reportSpeakers() {
        for speaker in roster.speakers.values { report(speaker) }
    }

    /// Reports a speaker if its view is not what was last reported to the observer.
    func report(_ speaker: Speaker) {
        guard settings.aliases[speaker.name] == nil else { return }
        let view = view(of: speaker)
        if speakerStates.isNews(view) { observer.householdDid(.speakerChanged(view)) }
        let listener = listenerView(of: speaker.name)
        guard speakerStates.isNews(listener, on: speaker.name) else { return }
        observer.householdDid(
            listener.map { .listenerChanged($0, topic: speaker.topic) } ?? .listenerRemoved(topic: speaker.topic))
    }
}

/// What is known of speakers beside the roster: the view that was last reported of each, and its newest list.
struct SpeakerStates {
    private var reported: [String: SpeakerView] = [:]
    private var listeners: [String: ListenerView] = [:]
    private var lastPlaylists: [String: SpeakerView.LastPlaylist]

    init(_ speakers: some Sequence<String>, reading store: some HouseholdReading) throws {
        let lists = try speakers.compactMap { try store.lastPlaylist(onSpeaker: $0) }
        lastPlaylists = lists.reduce(into: [:]) { $0[$1.speakerName ?? ""] = SpeakerView.LastPlaylist($1) }
    }

    /// Whether a view differs from the one before, which it replaces.
    mutating func isNews(_ view: SpeakerView) -> Bool {
        guard reported[view.speakerName] != view else { return false }
        reported[view.speakerName] = view
        return true
    }

    /// Whether a listener differs from the one before, which it replaces; nil is that of a speaker that is not shared.
    mutating func isNews(_ listener: ListenerView?, on speakerName: String) -> Bool {
        guard listeners[speakerName] != listener else { return false }
        listeners[speakerName] = listener
        return true
    }

    /// Has every speaker reported again.
    mutating func forgetReports() {
        reported = [:]
        listeners = [:]
    }

    mutating func forget(_ speakerName: String) {
        reported[speakerName] = nil
        listeners[speakerName] = nil
        lastPlaylists[speakerName] = nil
    }

    func lastPlaylist(on speakerName: String) -> SpeakerView.LastPlaylist? { lastPlaylists[speakerName] }

    mutating func setLastPlaylist(_ playlist: Playlist, on speakerName: String) {
        lastPlaylists[speakerName] = SpeakerView.LastPlaylist(playlist)
    }

    /// Reads the newest lists again of speakers whose newest list was made for a profile whose lists were deleted.
    mutating func forgetPlaylists(ofProfile name: String, in store: any HouseholdStore) throws {
        for (speaker, list) in lastPlaylists where list.profile == name || list.profiles?.contains(name) == true {
            lastPlaylists[speaker] = try store.read { try $0.lastPlaylist(onSpeaker: speaker) }
                .map(SpeakerView.LastPlaylist.init)
        }
    }
}

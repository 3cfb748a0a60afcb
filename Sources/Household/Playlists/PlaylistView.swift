public import Foundation
public import Taste
public import Wire

/// One track of a list in JSON.
public struct ListedTrackView: Codable, Equatable, Sendable {
    /// Its place, from 1.
    public var position: Int
    /// Row id of the track.
    public var trackId: Track.ID
    public var title: String
    @ExplicitNull public var artist: String?
    @ExplicitNull public var album: String?
    /// Length in seconds.
    @ExplicitNull public var durationS: Double?
    /// Player's content id.
    @ExplicitNull public var uri: String?
    /// Its address in each library, where several are configured and the speaker has none of them.
    @ExplicitNull public var uris: [String: String]?
    /// The score it was ranked by.
    public var score: Double
    /// Why it is there.
    public var reason: Playlist.Reason
    /// What the score is made of; only where an explanation was asked for.
    public var terms: [ScoreTerm]?

    init(position: Int, entry: Playlist.Entry, isExplained: Bool = false) {
        let track = entry.track.details
        self.position = position
        trackId = entry.track.id
        title = track.title
        artist = track.artist
        album = track.album
        durationS = track.durationS
        uri = track.uri
        uris = entry.uris
        score = entry.score
        reason = entry.reason
        terms = isExplained ? entry.terms : nil
    }
}

/// A playlist in JSON, as front doors answer it and a speaker's command topic carries it.
public struct PlaylistView: Codable, Equatable, Sendable {
    /// Unique id.
    public var id: String
    /// When it was made.
    public var createdAt: Date
    /// The speaker it is for.
    @ExplicitNull public var speakerName: String?
    /// The same name, as Home Assistant calls it.
    @ExplicitNull public var speakerEntity: String?
    /// The profile it is for; null is a guest, or several.
    @ExplicitNull public var profile: String?
    /// The profiles of a list for several; null for one person and for a guest.
    @ExplicitNull public var profiles: [String]?
    /// The rule that chose the profile.
    public var rule: AttributionRule
    /// The words that were asked for.
    @ExplicitNull public var vibe: String?
    /// How the words were understood.
    @ExplicitNull public var understood: String?
    /// Whether it is ranked by sound, too.
    public var sound: SoundUse
    /// Known or new music.
    public var mode: RankingMode
    /// What to do with what plays now.
    public var enqueue = "replace"
    /// Whether the speaker should begin at once.
    public var autoPlay: Bool
    /// Sum of the known lengths in seconds.
    public var durationS: Double
    /// Its tracks, in order.
    public var tracks: [ListedTrackView]
    /// What a person should know, as in "only 7 tracks fit".
    public var notes: [String]
    /// How many tracks each filter took out; only where an explanation was asked for.
    public var removed: RemovedView?

    /// Creates the view of a playlist.
    public init(_ playlist: Playlist) {
        id = playlist.id
        createdAt = playlist.createdAt
        speakerName = playlist.speakerName
        speakerEntity = playlist.speakerName
        profile = playlist.profileName
        profiles = playlist.profiles
        rule = playlist.rule
        vibe = playlist.vibe
        understood = playlist.understood
        sound = playlist.sound
        mode = playlist.mode
        autoPlay = playlist.autoPlay
        durationS = playlist.durationS
        tracks = playlist.entries.enumerated().map { ListedTrackView(position: $0 + 1, entry: $1) }
        notes = playlist.notes
    }

    /// The same list without vibe and tracks.
    fileprivate var withoutWish: PlaylistView {
        var view = self
        (view.vibe, view.understood, view.tracks, view.notes, view.removed) = (nil, nil, [], [], nil)
        return view
    }

    /// The same list with what each score is made of, and what is not on it.
    func explained(by entries: [Playlist.Entry], removed: RemovedView) -> PlaylistView {
        var view = self
        view.tracks = entries.enumerated().map { ListedTrackView(position: $0 + 1, entry: $1, isExplained: true) }
        view.removed = removed
        return view
    }
}

extension WrittenOnce<PlaylistView> {
    /// The list as it is published in events. A guest's list is published without vibe and tracks.
    var published: any Encodable & Sendable { value.rule == .guest ? value.withoutWish : self }
}

/// How many tracks that rank high enough each filter took out of a list.
public struct RemovedView: Codable, Equatable, Sendable {
    /// Disliked, banned or snoozed by the profile's person.
    public var excluded: Int
    /// Played or listed within the no-repeat window.
    public var recent: Int
    /// Marked as explicit.
    public var explicit: Int
    /// Other editions of better candidates.
    public var duplicate: Int
    /// Beyond the most tracks of one artist.
    public var artistCap: Int

    /// Creates the view of counts.
    public init(_ removed: [ListFilter: Int]) {
        excluded = removed[.excluded] ?? 0
        recent = removed[.recent] ?? 0
        explicit = removed[.explicit] ?? 0
        duplicate = removed[.duplicate] ?? 0
        artistCap = removed[.artistCap] ?? 0
    }
}

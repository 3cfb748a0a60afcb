public import Foundation
public import Taste

/// One track of a list as every front door shows it.
public struct ListedTrackView: Codable, Equatable, Sendable {
    /// Its place, from 1.
    public var position: Int
    /// Row id of the track.
    public var trackId: Int64
    /// Title.
    public var title: String
    /// Artist.
    @ExplicitNull public var artist: String?
    /// Album.
    @ExplicitNull public var album: String?
    /// Seconds it lasts.
    @ExplicitNull public var durationS: Double?
    /// Player's content id.
    @ExplicitNull public var uri: String?
    /// What it was ranked with.
    public var score: Double
    /// Why it is there.
    public var reason: Reason
    /// What the score is made of, when somebody asked for it.
    public var terms: [ScoreTerm]?

    init(position: Int, entry: Playlist.Entry, isExplained: Bool = false) {
        let track = entry.track.description
        self.position = position
        trackId = track.id
        title = track.title
        artist = track.artist
        album = track.album
        durationS = track.durationS
        uri = entry.track.uri
        score = entry.score
        reason = entry.reason
        terms = isExplained ? entry.terms : nil
    }
}

/// A playlist as every front door shows it, and as a speaker's command carries it.
public struct PlaylistView: Codable, Equatable, Sendable {
    /// Unique id.
    public var id: String
    /// When it was made.
    public var createdAt: Date
    /// The speaker it is for.
    @ExplicitNull public var speakerName: String?
    /// The same name, as Home Assistant calls it.
    @ExplicitNull public var speakerEntity: String?
    /// Whose it is; null is a guest's.
    @ExplicitNull public var profile: String?
    /// Why it is theirs.
    public var rule: AttributionRule
    /// What was asked for.
    @ExplicitNull public var vibe: String?
    /// How the words were understood.
    @ExplicitNull public var understood: String?
    /// Known or new music.
    public var mode: RankingMode
    /// What to do with what plays now.
    public var enqueue = "replace"
    /// Whether the speaker should begin at once.
    public var autoPlay: Bool
    /// Seconds it lasts, as far as known.
    public var durationS: Double
    /// Its tracks, in order.
    public var tracks: [ListedTrackView]
    /// What a person should know: "only 7 tracks fit".
    public var notes: [String]?
    /// How many tracks each filter took out, when somebody asked for it.
    public var removed: RemovedView?

    /// Shows a playlist.
    public init(_ playlist: Playlist) {
        id = playlist.id
        createdAt = playlist.createdAt
        speakerName = playlist.speakerName
        speakerEntity = playlist.speakerName
        profile = playlist.profileName
        rule = playlist.rule
        vibe = playlist.vibe
        understood = playlist.understood
        mode = playlist.mode
        autoPlay = playlist.autoPlay
        durationS = playlist.durationS
        tracks = playlist.entries.enumerated().map { ListedTrackView(position: $0 + 1, entry: $1) }
        notes = playlist.notes
    }

    /// The same list with what each score is made of, and what is not on it.
    func explained(by entries: [Playlist.Entry], removed: RemovedView) -> PlaylistView {
        var view = self
        view.tracks = entries.enumerated().map { ListedTrackView(position: $0 + 1, entry: $1, isExplained: true) }
        view.removed = removed
        return view
    }
}

/// Ranked tracks as every front door shows them.
public struct RecommendationView: Codable, Equatable, Sendable {
    /// Whose taste was read; null is nobody's.
    @ExplicitNull public var profile: String?
    /// Why theirs.
    public var rule: AttributionRule
    /// What was asked for.
    @ExplicitNull public var vibe: String?
    /// How the words were understood.
    @ExplicitNull public var understood: String?
    /// Known or new music.
    public var mode: RankingMode
    /// The time it was answered for.
    public var at: Date
    /// Ranked tracks, the best first.
    public var tracks: [ListedTrackView]
    /// What a person should know: "only 7 tracks fit".
    public var notes: [String]?
    /// How many tracks each filter took out, when somebody asked for it.
    public var removed: RemovedView?
}

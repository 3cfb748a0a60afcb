public import Foundation
import Listening
import Wire

/// What became of a play that is a listen.
public enum ListenOutcome: String, Codable, Sendable, CaseIterable {
    case completed, partial, skipped

    /// nil for a play that is ignored.
    init?(_ outcome: PlayOutcome) { self.init(rawValue: outcome.rawValue) }
}

/// What was heard, as its sender names it.
public struct HeardMedia: Equatable, Sendable {
    public var title: String?
    public var artist: String?
    public var album: String?
    /// The player's content id.
    public var uri: String?
    /// Length in seconds.
    public var durationS: Double?

    public init(
        title: String? = nil, artist: String? = nil, album: String? = nil, uri: String? = nil, durationS: Double? = nil
    ) {
        self.title = title
        self.artist = artist
        self.album = album
        self.uri = uri
        self.durationS = durationS
    }

    init(_ media: Media) {
        self.init(
            title: media.title, artist: media.artist, album: media.album, uri: media.uri, durationS: media.durationS)
    }

    /// By which its track is found; nil without a title.
    public var key: TrackKey? { title.map { TrackKey(artist: artist, title: $0) } }

    /// The uri if it identifies one recording, as `library://track/12`, `spotify:track:…` or `x-file-cifs://nas/a.flac`
    /// do; otherwise nil.
    ///
    /// The uri of a radio station, of the leader of a group, of a line-in or of an app stays the same from track to
    /// track. It must neither make them one track nor be sent back to a player as a track.
    public var recordingURI: String? {
        guard let uri else { return nil }
        let plain = uri.lowercased().replacing("%3a", with: ":").replacing("%2f", with: "/")
        if plain.split(whereSeparator: { $0 == ":" || $0 == "/" }).contains("track") { return uri }
        // The address of a stream may end like that of a file.
        return !plain.hasPrefix("http") && Self.fileEndings.contains(where: plain.hasSuffix) ? uri : nil
    }

    private static let fileEndings = [".aac", ".flac", ".m4a", ".mp3", ".ogg", ".opus", ".wav", ".wma"]
}

/// A listen that is about to be stored.
public struct NewListen: Equatable, Sendable {
    /// The ``source`` of plays that the play tracker saw.
    public static let playerSource = FrontDoor.player.rawValue

    /// Unique id of the event, from the sender or made by Haunt.
    public var eventID: String
    /// What was heard, as sent.
    public var media: HeardMedia
    /// When it began, to the millisecond.
    public var startedAt: Date
    /// Seconds heard; nil when nobody said.
    public var playedS: Double?
    public var outcome: ListenOutcome
    /// The speaker, aliases resolved; nil when nobody said.
    public var speakerName: String?
    /// Who has it.
    public var owner: Owner
    /// The rule that says so.
    public var rule: AttributionRule
    /// Where it came from: `player`, the front door (`mqtt`, `http`), `import`, or what the sender calls itself.
    public var source: String
    /// What was believed of who heard it; nil unless a shared speaker played it.
    public var opinion: ListenerOpinion?

    /// Creates a listen. Its start is rounded to the millisecond, as the store keeps it.
    public init(
        eventID: String, media: HeardMedia, startedAt: Date, playedS: Double?, outcome: ListenOutcome,
        speakerName: String?, owner: Owner, rule: AttributionRule, source: String, opinion: ListenerOpinion? = nil
    ) {
        self.eventID = eventID
        self.media = media
        self.startedAt = startedAt.wholeMilliseconds
        self.playedS = playedS
        self.outcome = outcome
        self.speakerName = speakerName
        self.owner = owner
        self.rule = rule
        self.source = source
        self.opinion = opinion
    }
}

/// A stored listen event.
public struct Listen: Equatable, Sendable {
    /// The id of a stored listen.
    public typealias ID = RowID<Listen>

    /// Row id in the store.
    public let id: ID
    /// The track it is a listen of.
    public let trackID: Track.ID
    /// What was heard, and who has it.
    public let event: NewListen
    /// Name of its profile; nil is nobody.
    public let profileName: String?

    /// Creates the value of a stored row.
    public init(id: ID, trackID: Track.ID, event: NewListen, profileName: String?) {
        self.id = id
        self.trackID = trackID
        self.event = event
        self.profileName = profileName
    }
}

extension Date {
    /// The same moment to the millisecond, which is what the store keeps.
    public var wholeMilliseconds: Date { Date(milliseconds: milliseconds) }

    /// Milliseconds since 1970, rounded.
    public var milliseconds: Int64 {
        Int64(nearest: timeIntervalSince1970 * 1000)
    }

    /// The moment so many milliseconds after the beginning of 1970.
    public init(milliseconds: Int64) { self.init(timeIntervalSince1970: Double(milliseconds) / 1000) }
}

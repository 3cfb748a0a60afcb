public import Foundation
public import Listening
public import Wire

/// A play as `haunt replay` prints it.
public struct ReplayedPlay: Codable, Equatable, Sendable {
    /// The speaker, aliases resolved.
    public var speakerName: String
    /// As sent.
    @ExplicitNull public var artist: String?
    /// As sent.
    @ExplicitNull public var title: String?
    /// As sent.
    @ExplicitNull public var album: String?
    /// The dialect's content id.
    @ExplicitNull public var uri: String?
    /// When it began.
    public var startedAt: Date
    /// Seconds heard.
    public var playedS: Double
    /// Length of the track in seconds.
    @ExplicitNull public var durationS: Double?
    /// What it is worth.
    public var outcome: PlayOutcome
    /// Why.
    @ExplicitNull public var reason: String?

    /// What was seen of it; only printed when it was asked for.
    public var account: PlayAccount?

    init(_ play: Play) {
        account = play.account
        speakerName = play.speakerName
        startedAt = play.startedAt
        playedS = (play.playedS * 1_000).rounded() / 1_000
        outcome = play.outcome
        _artist = ExplicitNull(wrappedValue: play.media.artist)
        _title = ExplicitNull(wrappedValue: play.media.title)
        _album = ExplicitNull(wrappedValue: play.media.album)
        _uri = ExplicitNull(wrappedValue: play.media.uri)
        _durationS = ExplicitNull(wrappedValue: play.media.durationS)
        _reason = ExplicitNull(wrappedValue: play.reason)
    }
}

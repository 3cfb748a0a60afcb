import Foundation
import Household
import Listening
import Wire

/// A media player entity of Home Assistant as it stands at one moment: the one place that knows what its attributes mean.
struct HomeAssistantPlayer {
    private static let videoTypes: Set = [
        "tvshow", "movie", "video", "episode", "season", "podcast", "audiobook", "game", "image", "app", "apps",
    ]
    /// What a television says of itself when it plays music.
    private static let musicTypes: Set = ["music", "track"]
    /// What a player calls its input, and as a title no title, when another integration plays on it.
    private static let stageNames: Set = ["music assistant"]
    /// Inputs whose sound Home Assistant knows nothing about.
    private static let foreignSources: Set = ["tv", "line-in"]

    /// Full entity id.
    var entityID: String
    /// The state's own word.
    var state: String
    /// Attributes that are there now; nil when it is not known which are.
    var attributes: [String: JSONValue]?
    /// When Home Assistant wrote the state, by its own clock.
    var updatedAt: Date?
    var isReplay: Bool
    var at: Date

    /// What this says of the speaker.
    var update: PlayerUpdate {
        let state = playerState
        let isPlaying = state == .playing || state == .paused || state == .buffering
        return PlayerUpdate(
            speakerName: entityID, state: state, media: isPlaying ? media : nil, positionS: number("media_position"),
            positionAt: positionAt, groupMembers: texts("group_members"), isReplay: isReplay, at: at)
    }

    private var playerState: PlayerState {
        switch state {
        case "playing": .playing
        case "paused": .paused
        case "buffering": .buffering
        case "idle", "on", "standby": .idle
        case "off": .off
        case "unavailable": .unavailable
        default: .unknown
        }
    }

    private var media: Media? {
        guard attributes != nil else { return nil }
        let duration = number("media_duration").flatMap { JSONValue.isDuration($0) ? $0 : nil }
        return Media(
            title: title, artist: text("media_artist") ?? text("media_album_artist"),
            album: text("media_album_name"), uri: text("media_content_id"), durationS: duration, kind: kind)
    }

    /// The title; nil when it only names what the player is connected to.
    private var title: String? {
        guard let title = text("media_title") else { return nil }
        return text("media_artist") == nil && Self.stageNames.contains(title.lowercased()) ? nil : title
    }

    private var kind: MediaKind {
        let id = text("media_content_id")?.lowercased() ?? ""
        if id.contains("tts_proxy/") || id.hasPrefix("media-source://tts") { return .announcement }
        if id.hasPrefix("spotify:ad:") || isNamedAdvert { return .advert }
        let type = text("media_content_type")?.lowercased() ?? ""
        let source = text("source")?.lowercased() ?? ""
        if Self.videoTypes.contains(type) || text("media_series_title") != nil { return .other }
        if text("device_class") == "tv", !Self.musicTypes.contains(type) { return .other }
        return text("media_artist") == nil && Self.foreignSources.contains(source) ? .other : .music
    }

    /// Spotify's and others' adverts have no mark but their name.
    private var isNamedAdvert: Bool {
        let title = text("media_title")?.lowercased()
        let artist = text("media_artist")?.lowercased()
        return title == "advertisement" || (title == "spotify" && (artist == nil || artist == "spotify"))
    }

    /// When the position was true, by our clock: Home Assistant's own may differ.
    private var positionAt: Date? {
        guard let stamp = text("media_position_updated_at").flatMap({ RFC3339.date(from: $0) }) else { return nil }
        guard let updatedAt else { return stamp }
        return at.addingTimeInterval(-max(0, updatedAt.timeIntervalSince(stamp)))
    }

    private func text(_ name: String) -> String? { attributes?[name]?.mediaText }

    private func texts(_ name: String) -> [String] {
        guard case .array(let items) = attributes?[name] else { return [] }
        return items.compactMap { if case .string(let text) = $0, !text.isEmpty { text } else { nil } }
    }

    private func number(_ name: String) -> Double? { attributes?[name]?.mediaNumber }
}

/// Where Home Assistant says whether it is there.
enum HomeAssistantStatus {
    /// What a message on the status topic means; coming back means nothing by itself, for players speak then.
    static func event(_ message: SourceMessage) -> [SourceEvent] {
        String(decoding: message.payload, as: UTF8.self) == "offline" && !message.isRetained
            ? [.interrupted(at: message.at)] : []
    }
}

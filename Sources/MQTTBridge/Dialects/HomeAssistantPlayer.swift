import Foundation
import Listening
import Wire

/// A media player entity of Home Assistant as it stands at one moment: the one place that knows what its attributes mean.
struct HomeAssistantPlayer {
    /// Most members of a group that are looked at.
    private static let longestGroup = 64
    /// All attributes that mean something here.
    static let attributes: Set = [
        "media_title", "media_artist", "media_album_artist", "media_album_name", "media_content_id",
        "media_content_type", "media_duration", "media_position", "media_position_updated_at", "media_series_title",
        "app_id", "app_name", "source", "device_class", "group_members", "active_queue",
    ]

    /// Full entity id.
    var entityID: String
    /// The state's own word.
    var state: String
    /// Attributes that are there now; nil when it is not known which are.
    var attributes: [String: JSONValue]?
    /// When Home Assistant wrote the state, by its own clock.
    var updatedAt: Date?
    var isReplay: Bool
    var at: Moment

    /// What this says of the speaker.
    var update: PlayerUpdate {
        let state = playerState
        let isPlaying = state == .playing || state == .paused || state == .buffering
        return PlayerUpdate(
            speakerName: entityID, state: state, media: isPlaying ? media : nil, position: position,
            groupMembers: texts("group_members"), queue: text("active_queue"), isReplay: isReplay, at: at)
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
        return MediaDescription(
            title: raw("media_title"), artist: raw("media_artist") ?? raw("media_album_artist"),
            album: raw("media_album_name"), uri: raw("media_content_id"), durationS: number("media_duration"),
            type: text("media_series_title") == nil ? raw("media_content_type") : "tvshow",
            apps: [text("app_name"), text("app_id")].compactMap { $0 }, input: text("source"),
            isTelevision: text("device_class") == "tv"
        ).media
    }

    /// The position, and how old it is by Home Assistant's own clock where it is sent.
    private var position: ReportedPosition? {
        guard let seconds = number("media_position") else { return nil }
        guard let stamp = text("media_position_updated_at").flatMap({ RFC3339.date(from: $0) }) else {
            return ReportedPosition(seconds: seconds)
        }
        return ReportedPosition(
            seconds: seconds, ageS: (updatedAt ?? at.date).timeIntervalSince(stamp), stamp: stamp.timeIntervalSince1970)
    }

    private func text(_ name: String) -> String? { attributes?[name]?.mediaText }

    private func raw(_ name: String) -> String? { attributes?[name]?.rawText }

    private func texts(_ name: String) -> [String] {
        guard case .array(let items) = attributes?[name] else { return [] }
        return items.prefix(Self.longestGroup).compactMap {
            if case .string(let text) = $0, !text.isEmpty { text } else { nil }
        }
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

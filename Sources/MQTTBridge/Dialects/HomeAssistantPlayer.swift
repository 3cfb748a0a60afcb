import Foundation
import Listening
import Wire

/// The attributes of a media player entity of Home Assistant: the one place that knows what they mean.
struct HomeAssistantAttributes {
    /// Most members of a group that are looked at.
    private static let longestGroup = 64
    /// Names of all attributes that mean something here.
    static let names: Set = [
        "media_title", "media_artist", "media_album_artist", "media_album_name", "media_content_id",
        "media_content_type", "media_duration", "media_position", "media_position_updated_at", "media_series_title",
        "app_id", "app_name", "source", "device_class", "group_members", "active_queue",
    ]

    let values: [String: JSONValue]
    /// What the entity plays, or last played.
    let media: Media?
    let groupMembers: [String]
    let queue: String?

    init(_ values: [String: JSONValue]) {
        func text(_ name: String) -> String? { values[name]?.mediaText }
        func raw(_ name: String) -> String? { values[name]?.rawText }
        self.values = values
        queue = text("active_queue")
        groupMembers = Self.texts(values["group_members"])
        media =
            MediaDescription(
                title: raw("media_title"), artist: raw("media_artist") ?? raw("media_album_artist"),
                album: raw("media_album_name"), uri: raw("media_content_id"),
                durationS: values["media_duration"]?.mediaNumber,
                type: text("media_series_title") == nil ? raw("media_content_type") : "tvshow",
                apps: [text("app_name"), text("app_id")].compactMap { $0 }, input: text("source"),
                isTelevision: text("device_class") == "tv"
            ).media
    }

    /// The position, and how old it is by Home Assistant's own clock where it is sent.
    ///
    /// - Parameter updatedAt: When Home Assistant wrote the attributes, by its own clock.
    /// - Returns: nil when none is sent.
    func position(at updatedAt: Date) -> ReportedPosition? {
        guard let seconds = values["media_position"]?.mediaNumber else { return nil }
        guard let stamp = values["media_position_updated_at"]?.mediaText.flatMap({ RFC3339.date(from: $0) }) else {
            return ReportedPosition(seconds: seconds)
        }
        return ReportedPosition(
            seconds: seconds, ageS: updatedAt.timeIntervalSince(stamp), stamp: stamp.timeIntervalSince1970)
    }

    private static func texts(_ value: JSONValue?) -> [String] {
        guard case .array(let items) = value else { return [] }
        return items.prefix(longestGroup).compactMap {
            if case .string(let text) = $0, !text.isEmpty { text } else { nil }
        }
    }
}

/// A media player entity of Home Assistant as it stands at one moment.
struct HomeAssistantPlayer {
    /// Full entity id.
    var entityID: String
    /// The state's own word.
    var state: String
    /// Attributes that are there now; nil when it is not known which are.
    var attributes: HomeAssistantAttributes?
    /// When Home Assistant wrote the state, by its own clock.
    var updatedAt: Date?
    var isReplay: Bool
    var at: Moment

    /// What this says of the speaker.
    var update: PlayerUpdate {
        let state = playerState
        let isPlaying = state == .playing || state == .paused || state == .buffering
        return PlayerUpdate(
            speakerName: entityID, state: state, media: isPlaying ? attributes?.media : nil,
            position: attributes?.position(at: updatedAt ?? at.date), groupMembers: attributes?.groupMembers ?? [],
            queue: attributes?.queue, isReplay: isReplay, at: at)
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
}

/// Where Home Assistant says whether it is there.
enum HomeAssistantStatus {
    /// What a message on the status topic means; coming back means nothing by itself, for players speak then.
    static func event(_ message: SourceMessage) -> [SourceEvent] {
        String(decoding: message.payload, as: UTF8.self) == "offline" && !message.isRetained
            ? [.interrupted(at: message.at)] : []
    }
}

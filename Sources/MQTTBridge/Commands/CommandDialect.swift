import Foundation
import Household
import Wire

/// How a playlist is sent to one kind of player.
public enum CommandDialect: Equatable, Sendable {
    /// The playlist as JSON on the speaker's command topic, for automations of Home Assistant.
    case haunt
    /// Data for Home Assistant's action `music_assistant.play_media`, on the speaker's command topic. `entity` is the
    /// player's entity in Music Assistant; nil when it has the speaker's name.
    case musicAssistant(entity: String?)
    /// Commands for sonos2mqtt: clear the queue, add tracks, switch to the queue, play. `topic` is the speaker's, for
    /// instance `sonos/set/study`.
    case sonos2mqtt(topic: String)
    /// Commands for Mopidy with Mopiqtt. `topic` is its command topic, for instance `mopidy/cmnd`.
    case mopidy(topic: String)
    /// Messages that the user configured.
    case template([CommandTemplate])
}

/// One message to a player.
struct CommandMessage: Equatable {
    var topic: String
    var payload: [UInt8]

    init(_ topic: String, _ payload: String = "") {
        self.topic = topic
        self.payload = Array(payload.utf8)
    }
}

extension CommandDialect {
    /// The messages that make a player play a list.
    ///
    /// - Parameters:
    ///   - playlist: The list.
    ///   - topic: The speaker's command topic.
    /// - Returns: The messages, in order. There are none for a list without a track that the player can play, so that the
    ///   current music goes on. Only ``haunt`` sends such a list, too, because its automation decides.
    func messages(for playlist: PlaylistView, on topic: String) -> [CommandMessage] {
        let uris = playlist.tracks.compactMap(\.uri)
        switch self {
        case .haunt: return [CommandMessage(topic, Self.json(playlist))]
        case .musicAssistant(let entity):
            guard !playlist.tracks.isEmpty else { return [] }
            return [CommandMessage(topic, Self.json(Self.playMedia(playlist, entity: entity)))]
        case .sonos2mqtt(let topic):
            guard !uris.isEmpty else { return [] }
            return [CommandMessage("\(topic)/clearqueue")] + uris.map { CommandMessage("\(topic)/queue", $0) }
                + [CommandMessage("\(topic)/switchtoqueue"), CommandMessage("\(topic)/play")]
        case .mopidy(let topic):
            guard !uris.isEmpty else { return [] }
            return [CommandMessage("\(topic)/clr")] + uris.map { CommandMessage("\(topic)/add", $0) }
                + [CommandMessage("\(topic)/plb", "play")]
        case .template(let templates):
            guard !uris.isEmpty else { return [] }
            return templates.flatMap { $0.messages(for: playlist) }
        }
    }

    /// Music Assistant accepts the whole list in one call. It searches a track without an address by name.
    private static func playMedia(_ playlist: PlaylistView, entity: String?) -> JSONValue {
        [
            "entity_id": .string(entity ?? playlist.speakerName ?? ""),
            "media_id": .array(playlist.tracks.map { .string(mediaID($0)) }),
            "media_type": "track", "enqueue": .string(playlist.enqueue),
        ]
    }

    private static func mediaID(_ track: ListedTrackView) -> String {
        if let uri = track.uri {
            if uri.contains("://") { return uri }
            // `spotify:track:1` in the form that every version of Music Assistant reads: `spotify://track/1`.
            let parts = uri.split(separator: ":")
            if parts.count == 3, parts[1] == "track" { return "\(parts[0])://track/\(parts[2])" }
        }
        return [track.artist, track.title].compactMap { $0 }.joined(separator: " - ")
    }

    private static func json(_ value: some Encodable) -> String {
        // Playlists and JSON values always encode.
        (try? WireJSON.text(value)) ?? ""
    }
}

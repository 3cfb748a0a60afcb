import Foundation
import Household
import Wire

/// The way one kind of player wants to be told what to play: a list in, messages out.
public enum CommandDialect: Equatable, Sendable {
    /// Our own playlist on the speaker's command topic, for Home Assistant's automations.
    case haunt
    /// Data for Home Assistant's action `music_assistant.play_media`, on the speaker's command topic.
    ///
    /// `entity` is the player's entity in Music Assistant, where it is not the speaker's own.
    case musicAssistant(entity: String?)
    /// sonos2mqtt: the queue is emptied, filled, switched to, and played. `topic` is the speaker's, `sonos/set/study`.
    case sonos2mqtt(topic: String)
    /// Mopidy with Mopiqtt. `topic` is where it takes commands, `mopidy/cmnd`.
    case mopidy(topic: String)
    /// Messages of the user's own.
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
    /// Messages that have a player play a list, in order.
    ///
    /// - Parameters:
    ///   - playlist: The list. One without a track that the player could play gives no message, except in our own
    ///     dialect, whose reader decides.
    ///   - topic: The speaker's own command topic.
    /// - Returns: The messages.
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
            guard !playlist.tracks.isEmpty else { return [] }
            return templates.flatMap { $0.messages(for: playlist) }
        }
    }

    /// Music Assistant takes the whole list in one call; what has no address it looks for by name.
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
            // Spotify's own form of an address, in the form that every version of Music Assistant reads.
            let parts = uri.split(separator: ":")
            if parts.count == 3, parts[1] == "track" { return "\(parts[0])://track/\(parts[2])" }
        }
        return [track.artist, track.title].compactMap { $0 }.joined(separator: " - ")
    }

    private static func json(_ value: some Encodable) -> String {
        // Our own values always encode.
        (try? WireJSON.encode(value)).map { String(decoding: $0, as: UTF8.self) } ?? ""
    }
}

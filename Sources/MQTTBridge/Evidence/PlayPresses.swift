import MQTTClient
import Wire

/// Finds whose account made a player play, as our blueprint and Home Assistant's event stream report it.
///
/// Home Assistant names the user of every change that somebody made, also of the volume. Only a change that begins a track
/// or goes on with one is a press of play.
struct PlayPresses: Sendable {
    /// A user made a speaker play.
    struct Press: Equatable {
        var userID: String
        var speaker: String
    }

    /// What a player did when it was last heard.
    private struct Player: Equatable {
        var state: JSONValue?
        var id: JSONValue?
        var title: JSONValue?

        init(_ json: JSONValue) {
            state = json["state"]
            id = json["attributes"]?["media_content_id"]
            title = json["attributes"]?["media_title"]
        }

        /// Whether it is known what plays. Otherwise two tracks cannot be told apart.
        var isNamed: Bool { id != nil || title != nil }
    }

    /// More players than a home has.
    private static let mostPlayers = 1_000

    /// First levels of the topics of players.
    private let bases: [String]
    private var players: [String: Player] = [:]

    init(bases: [String]) { self.bases = bases }

    /// The press that a message reports. A retained message only says what plays.
    mutating func receive(_ message: MQTTMessage) -> Press? {
        guard bases.contains(where: { message.topic == $0 || message.topic.hasPrefix("\($0)/") }),
            let json = message.json, let state = Self.state(in: json),
            case .string(let speaker)? = state["entity_id"]
        else { return nil }
        let player = Player(state)
        let before = json["event_data"]?["old_state"].map { Player($0) } ?? players[speaker]
        if players.count >= Self.mostPlayers { players = [:] }
        players[speaker] = player
        guard !message.isRetained, player != before || !player.isNamed, player.state == .string("playing"),
            case .string(let userID)? = state["context"]?["user_id"] ?? state["user_id"]
        else { return nil }
        return Press(userID: userID, speaker: speaker)
    }

    private static func state(in json: JSONValue) -> JSONValue? {
        guard json["event_type"] != nil else { return json }
        return json["event_type"] == .string("state_changed") ? json["event_data"]?["new_state"] : nil
    }
}

import Foundation
import Listening
import Wire

/// `home-assistant-json`: one JSON for each change of a player, whole and never retained.
///
/// Two shapes: what our blueprint publishes, `{"entity_id","state","attributes","last_updated"}`, and the events of
/// Home Assistant's `mqtt_eventstream`, of which only those of players are read.
struct HomeAssistantJSONDialect: Dialect {
    private static let domain = "media_player."

    let base: String
    let statusTopic: String

    var filters: [String] { ["\(base)/#", statusTopic] }
    var nextDeadline: Double? { nil }

    mutating func receive(_ message: SourceMessage) -> [SourceEvent] {
        guard message.topic != statusTopic else { return HomeAssistantStatus.event(message) }
        guard let json = try? WireJSON.decode(message.payload) else { return [] }
        let isEvent = json["event_type"] != nil
        guard !isEvent || json["event_type"] == .string("state_changed"),
            let state = isEvent ? json["event_data"]?["new_state"] : json
        else { return [] }
        return player(state, message).map { [.update($0.update)] } ?? []
    }

    mutating func advance(to now: Moment) -> [SourceEvent] { [] }
    mutating func forget(_ speakerName: String) {}

    private func player(_ json: JSONValue, _ message: SourceMessage) -> HomeAssistantPlayer? {
        guard case .string(let entityID) = json["entity_id"], entityID.hasPrefix(Self.domain),
            case .string(let state) = json["state"]
        else { return nil }
        var attributes: HomeAssistantAttributes?
        if case .object(let fields) = json["attributes"] { attributes = HomeAssistantAttributes(fields) }
        var updatedAt: Date?
        if case .string(let text) = json["last_updated"] { updatedAt = RFC3339.date(from: text) }
        return HomeAssistantPlayer(
            entityID: entityID, state: state, attributes: attributes, updatedAt: updatedAt,
            isReplay: message.isRetained, at: message.at)
    }
}
